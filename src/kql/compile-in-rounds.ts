import type { Compiled, CompileInput } from './compile-input';
import { KqlError } from './kql-error';
import type { Answer, Outcome, Question } from './question';

/** Each question costs a query of its own: past this many the text is refused. */
const mostRounds = 16;

/** Compiles, answers what the compilation asks, and compiles again until it has an answer to everything. */
export async function compileInRounds(
  input: CompileInput,
  compile: (input: CompileInput) => Promise<Outcome<Compiled>>,
  answer: (question: Question) => Promise<Answer>,
): Promise<Compiled> {
  const answers = new Map(input.answers);
  for (let round = 0; ; round++) {
    const outcome = await compile({ ...input, answers });
    if (outcome.kind === 'compiled') return outcome.compiled;
    const { question } = outcome;
    if (answers.has(question.key))
      throw new KqlError('internal', 'the compiler asked twice for the same', question.start, question.length);
    if (round >= mostRounds) {
      const why = `the query looks into the data more than ${mostRounds} times before it can run: give bag_unpack and pivot the columns they yield`;
      throw new KqlError('limit', why, question.start, question.length);
    }
    answers.set(question.key, await answer(question));
  }
}

/** Answers nothing: for checks, which read no data. */
export async function answerNothing(): Promise<Answer> {
  return { kind: 'unknown' };
}
