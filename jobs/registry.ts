import type { JobName } from '../src/ports/job-queue';
import type { Job } from './define-job';

/** Jobs by name; throws where two share one. */
export function createJobRegistry(jobs: Job[]): ReadonlyMap<JobName, Job> {
  const registry = new Map<JobName, Job>();
  for (const job of jobs) {
    if (registry.has(job.name)) throw new Error(`the job ${job.name} is defined twice`);
    registry.set(job.name, job);
  }
  return registry;
}
