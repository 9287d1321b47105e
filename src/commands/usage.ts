import type { CommandSummary } from '../chat/command-summary';
import type { Command } from './define-command';

/** `run [H-1] [Q-1 Q-2 …] [--since 7d]` */
export function usageOf(command: Command): string {
  const parts = [command.name];
  for (const name of command.positional) {
    const field = command.input[name];
    if (!field || field.hidden) continue;
    const sample = field.several ? `${field.sample} …` : field.sample;
    parts.push(field.required && !field.fromThread ? sample : `[${sample}]`);
  }
  for (const [name, field] of Object.entries(command.input)) {
    if (field.hidden || command.positional.includes(name)) continue;
    const flag = field.control.type === 'switch' ? `--${name}` : `--${name} ${field.sample}`;
    parts.push(field.required ? flag : `[${flag}]`);
  }
  return parts.join(' ');
}

export function summaryOf(command: Command): CommandSummary {
  return {
    name: command.name,
    summary: command.summary,
    usage: usageOf(command),
    ...(command.example ? { example: command.example } : {}),
    flags: Object.entries(command.input)
      .filter(([, field]) => !field.hidden)
      .map(([name, field]) => ({ name, summary: field.summary || field.label })),
  };
}
