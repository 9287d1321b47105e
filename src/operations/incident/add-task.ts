import { randomUUID } from 'node:crypto';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { incidentLimits } from '../../domain/incident';
import { UserError } from '../../errors';
import { incidentReply } from '../../hunting/incident-reply';
import { changeIncident } from '../../hunting/incidents';

export const addTask = defineCommand({
  name: 'incident task',
  summary: 'Adds a task to an incident',
  formTitle: 'Add a task',
  submit: 'Add',
  permission: 'hunt',
  example: 'incident task I-1 Reset the three accounts',
  input: {
    incident: field.incident(),
    task: field.text({ label: 'Task', max: 150, rest: true, sample: 'TEXT' }),
  },
  positional: ['incident', 'task'],
  async run(ctx, input) {
    const task = { id: randomUUID().slice(0, 8), title: input.task, done: false };
    const incident = await changeIncident(
      ctx,
      input.incident,
      { what: 'added a task', after: input.task },
      (current) => {
        if (current.tasks.length >= incidentLimits.tasks)
          throw new UserError(
            'too-large',
            `${current.id} has ${incidentLimits.tasks} tasks, as many as Microsoft Sentinel takes.`,
          );
        return { ...current, tasks: [...current.tasks, task] };
      },
    );
    return incidentReply(ctx, incident);
  },
});
