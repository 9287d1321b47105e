import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');

test('the demo plays a whole hunt on both chats, ends well and leaves nothing', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'talbot-demo-test-'));
  const data = join(temporary, 'data');
  const play = ['-r', join(root, 'test', 'swc-register.js'), join(root, 'test', 'demo', 'play-demo.ts')];
  const environment = { ...process.env, TMPDIR: temporary, TALBOT_DATA: data };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, play, { cwd: temporary, env: environment });
  const lines = stdout.split('\n').map((line) => line.trim());
  expect(lines).toContain('│ R-1 · 4 rows from 3 of 3 queries');
  expect(lines).toContain('│ Bookmarked B-1 · The address that got in');
  expect(lines).toContain('│ Threads in: Slack, Teams');
  expect(lines).toContain('│ 2 comments in H-1');
  expect(lines).toContain('│ H-1 is closed by Ada Lovelace: hypothesis validated.');
  expect(stderr).toBe('');
  expect(existsSync(data)).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
}, 180_000);
