import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident, findIncident } from '../../hunting/incidents';

export const finishTask = defineCommand({
  name: 'incident done',
  summary: 'Ticks a task of an incident, or takes the tick back',
  formTitle: 'Tick a task',
  submit: 'Tick',
  permission: 'hunt',
  example: 'incident done I-1 1',
  input: {
    incident: field.incident(),
    task: field.text({ label: 'Task', summary: 'Its number in the list, from 1', max: 40, sample: '1' }),
    undone: field.flag({ label: 'Not done after all' }),
  },
  positional: ['incident', 'task'],
  async run(ctx, input) {
    const before = await findIncident(ctx, input.incident);
    const task = before.tasks.find((one) => one.id === input.task) ?? before.tasks[Number(input.task) - 1];
    if (!task)
      throw new UserError('not-found', `${before.id} has no task ${input.task}.`, `It has ${before.tasks.length}.`, {
        task: 'There is no such task.',
      });
    const what = { what: input.undone ? 'took the tick off a task' : 'did a task', after: task.title };
    const incident = await changeIncident(ctx, before.id, what, (current) => ({
      ...current,
      tasks: current.tasks.map((one) => {
        if (one.id !== task.id) return one;
        return input.undone
          ? { id: one.id, title: one.title, done: false }
          : { ...one, done: true, by: ctx.person, at: ctx.clock.now() };
      }),
    }));
    return incidentReply(ctx, incident);
  },
});
