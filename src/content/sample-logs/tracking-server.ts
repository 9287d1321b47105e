import type { Company } from './company';
import { createRandom } from './random';
import { hour, minute } from './row';
import { type Process, type Runner, startProcess } from './rows/process';

const networkService: Runner = { name: 'network service', domain: 'nt authority', sid: 'S-1-5-20', upn: '' };

/** Freight tracking, a Java application behind the web server. */
export const tracking = {
  host: 'FH-APP01',
  folder: 'D:\\App\\tomcat',
  pages: 'D:\\App\\tomcat\\webapps\\track',
} as const;

/** The application's process of one day: it starts anew every night, and noise and intrusion must name the same one. */
export function trackingServer(company: Company, midnight: number): { service: Process; java: Process } {
  const random = createRandom(company.seed, `tracking server ${midnight}`);
  const service = startProcess(random, null, {
    file: 'tomcat9.exe',
    folder: `${tracking.folder}\\bin`,
    at: midnight + 2 * hour + 10 * minute,
    commandLine: `${tracking.folder}\\bin\\tomcat9.exe //RS//Track`,
    runner: networkService,
  });
  const java = startProcess(random, service, {
    file: 'java.exe',
    folder: 'D:\\App\\jre\\bin',
    at: service.created + 2_000,
    commandLine: `D:\\App\\jre\\bin\\java.exe -Dcatalina.base=${tracking.folder} -Xmx2g org.apache.catalina.startup.Bootstrap start`,
  });
  return { service, java };
}
