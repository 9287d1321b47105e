import { huntCard } from './demo-cards';
import { eventually, inChromium } from './in-chromium';

const place = { platform: 'web', tenant: 'local', channel: 'hunting' } as const;

inChromium('cards on the local page', (world) => {
  test('a press runs, its answer opens in the thread, and the card moves in place without losing what was chosen', async () => {
    const page = await world.open();
    await world.type('/hunt new Odd sign-ins');
    await page.locator('[data-press=run]').click();
    await page.waitForSelector('.thread .block-table');
    expect(await page.locator('.thread .card-title').allInnerTexts()).toContain('R-1 finished: 3 queries, 47 rows');
    expect(await page.locator('.thread .state-word').allInnerTexts()).toEqual(['Done', 'Done', 'Failed']);
    await world.picture('thread');

    await page.selectOption('.channel select', 'validated');
    await page.waitForSelector('.channel .tone-good');
    expect(world.server.dispatcher.seen.at(-1)).toMatchObject({
      kind: 'press',
      command: 'hypothesis',
      values: { hypothesis: 'validated' },
    });
    expect(await page.locator('.channel select').inputValue()).toBe('validated');
    expect(world.faults).toEqual([]);
  });

  test('a card that changes keeps focus, an open list and its filter', async () => {
    const page = await world.open();
    const many = Array.from({ length: 30 }, (_, index) => ({ value: String(index), label: `Host ${index}` }));
    const select = {
      type: 'select' as const,
      field: 'hosts',
      label: 'Hosts',
      several: true,
      options: many,
      act: 'wait' as const,
    };
    const button = {
      type: 'actions' as const,
      buttons: [{ label: 'Keep', command: 'keep', args: {}, opens: 'nothing' as const }],
    };
    const message = await world.server.adapter.platform.post(place, { title: 'Before', blocks: [select, button] });
    await page.locator('.picker summary').click();
    await page.locator('.filter').pressSequentially('host 2');
    expect(await page.locator('.picker li:visible').count()).toBe(12);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await world.server.adapter.platform.update(message, {
      title: 'After',
      blocks: [select, button, { type: 'note', text: 'changed' }],
    });
    await eventually(() => page.locator('.card-title').first().textContent(), 'After');
    expect(await page.locator('.picker li:visible').count()).toBe(12);
    expect(await page.locator('.picker').getAttribute('open')).toBe('');
    expect(await page.locator(':focus').getAttribute('value')).toBe('2');
    await page.keyboard.press('Escape');
    expect(await page.locator('.picker-shown').textContent()).toBe('Host 2');
    await page.locator('[data-press=keep]').click();
    await page.waitForSelector('.thread .card');
    expect(world.server.dispatcher.seen.at(-1)).toMatchObject({ command: 'keep', values: { hosts: ['2'] } });
  });

  test('a dangerous press asks first', async () => {
    const page = await world.open();
    await world.type('/hunt new Odd sign-ins');
    await page.locator('[data-press=delete]').click();
    await page.waitForSelector('dialog.confirm');
    await world.picture('confirm');
    await page.keyboard.press('Escape');
    expect(world.server.dispatcher.seen).toHaveLength(1);
    await page.locator('[data-press=delete]').click();
    await page.locator('dialog.confirm .danger').click();
    await eventually(() => page.locator('.card-title').first().textContent(), 'H-1 was deleted');
  });

  test('a form shows world.faults beside its fields, and is taken when they are mended', async () => {
    const page = await world.open();
    await world.type('/hunt new Odd sign-ins');
    await page.locator('[data-press=edit]').click();
    const dialog = page.locator('dialog.sheet');
    await dialog.locator('[type=submit]').click();
    expect(await dialog.locator('#error-name').textContent()).toBe('Please fill this in.');
    await dialog.locator('[name=name]').fill('ab');
    await dialog.locator('[type=submit]').click();
    await eventually(() => page.locator('#error-name').first().textContent(), expect.stringContaining('At least four'));
    await world.picture('form');
    expect(await dialog.locator('[name=name]').getAttribute('aria-invalid')).toBe('true');
    await dialog.locator('[name=name]').fill('Token from two countries');
    await dialog.locator('[value=host]').check();
    await dialog.locator('[role=switch]').uncheck();
    await dialog.locator('[name=notes]').fill('first\nsecond');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(world.server.dispatcher.seen.at(-1)).toMatchObject({
      kind: 'form',
      args: { run: 'R-1' },
      values: {
        name: 'Token from two countries',
        owner: 'ada',
        entities: ['account', 'host', 'ip'],
        severity: '',
        notes: 'first\nsecond',
        share: 'false',
      },
    });
    await page.waitForSelector('.thread');
    expect(world.faults).toEqual([]);
  });

  test('replies become comments; they are edited and deleted in place', async () => {
    await world.server.adapter.platform.post(place, huntCard);
    const page = await world.open();
    await page.locator('.message').first().hover();
    await page.locator('.toolbar [aria-label="Reply in thread"]').click();
    await world.type('The second address is our VPN', 'thread');
    await page.waitForSelector('.thread .sign');
    expect(await page.locator('.channel .replies-count').textContent()).toBe('1 reply');
    await page.locator('.thread .message').last().hover();
    await page.locator('.thread [aria-label=Edit]').click();
    await page.locator('.editor textarea').fill('The second address is our old VPN');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.thread .sign').first().textContent(), expect.stringContaining('changed'));
    expect(await page.locator('.thread .message').last().textContent()).toContain('edited');
    await page.locator('.thread .message').last().hover();
    await page.locator('.thread [aria-label=Delete]').click();
    await page.locator('dialog.confirm .danger').click();
    await eventually(() => page.locator('.thread .sign').first().textContent(), expect.stringContaining('withdrawn'));
    await page.keyboard.press('Escape');
    await page.waitForSelector('.thread', { state: 'detached' });
    expect(world.faults).toEqual([]);
  });

  test('what rows hold stays text', async () => {
    const page = await world.open();
    await world.type('@Talbot hostile <img src=x onerror="window.hit=1">');
    await page.waitForSelector('.card');
    await world.picture('hostile');
    expect(await page.locator('.messages script, .messages iframe, .messages img[src="x"]').count()).toBe(0);
    expect(await page.evaluate('"hit" in window')).toBe(false);
    await page.locator('.copy').click();
    await eventually(() => page.locator('.copy').first().textContent(), 'Copied');
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('invoice\u202egnp.exe');
    await page.locator('button[data-press]').first().click();
    expect(await page.locator('dialog.confirm h2').textContent()).toBe('<script>window.hit = 1</script>');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    expect(world.faults).toEqual([]);
  });
});
