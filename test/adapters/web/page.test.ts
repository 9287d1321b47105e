import { huntCard, progressCard } from './demo-cards';
import { startDemoServer } from './demo-server';
import { eventually, inChromium } from './in-chromium';
import { createMemoryMessages } from './memory-messages';

const place = { platform: 'web', tenant: 'local', channel: 'hunting' } as const;

inChromium('the local page', (world) => {
  test('a newcomer is told what to do, and one touch puts it in the box', async () => {
    const page = await world.open();
    expect(await page.locator('.suggestion').count()).toBe(3);
    await page.locator('.suggestion').nth(1).click();
    await eventually(() => page.inputValue('#composer-channel'), '/hunt new Somebody sprays passwords at us');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card');
    expect(await page.locator('.message').first().textContent()).toContain('Only you see this');
    expect(world.faults).toEqual([]);
  });

  test('commands and flags complete by keyboard, and arrow up brings back what was typed', async () => {
    const page = await world.open();
    const box = page.locator('#composer-channel');
    await box.pressSequentially('/hunt qu');
    const options = page.locator('.completion li .option-label');
    await eventually(() => options.allInnerTexts(), ['query show', 'query edit', 'queries']);
    expect(await box.getAttribute('aria-activedescendant')).toBe('composer-channel-option-0');
    await world.picture('completion');
    await box.press('ArrowDown');
    await box.press('ArrowDown');
    await box.press('Tab');
    await eventually(() => box.inputValue(), '/hunt queries ');
    await box.pressSequentially('--s');
    await eventually(() => page.locator('.completion .option-label').first().textContent(), '--since');
    await box.press('Enter');
    await eventually(() => box.inputValue(), '/hunt queries --since ');
    expect(await page.locator('.usage').textContent()).toContain('queries [--search WORDS]');
    await box.pressSequentially('7d');
    await box.press('Enter');
    await page.waitForSelector('.card');
    expect(world.server.dispatcher.seen[0]).toMatchObject({ text: 'queries --since 7d', addressed: 'yes' });
    await eventually(() => box.inputValue(), '');
    await box.press('ArrowUp');
    await eventually(() => page.inputValue('#composer-channel'), '/hunt queries --since 7d');
    expect(world.faults).toEqual([]);
  });

  test('a person is mentioned by completion, and Shift Enter breaks the line', async () => {
    const page = await world.open();
    const box = page.locator('#composer-channel');
    await box.pressSequentially('look @le');
    await box.press('Tab');
    await eventually(() => page.inputValue('#composer-channel'), 'look @lee ');
    await box.press('Shift+Enter');
    await box.pressSequentially('please');
    await box.press('Enter');
    expect(await page.locator('.message .mention').textContent()).toBe('@lee');
    expect(world.server.dispatcher.seen[0]).toMatchObject({ text: 'look @lee \nplease', addressed: 'no' });
  });

  test('three people see what is theirs, and what is new', async () => {
    const page = await world.open();
    await world.type('/hunt help');
    await page.waitForSelector('.card');
    await world.server.adapter.platform.post({ ...place, channel: 'soc' }, progressCard(1));
    await page.waitForSelector('.channel-link.unread');
    expect(await page.locator('.channel-link.unread .channel-name').allInnerTexts()).toEqual(['soc']);
    await page.locator('[data-person=lee]').click();
    await page.waitForSelector('.empty');
    expect(await page.locator('[data-person=lee]').getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Alt+ArrowDown');
    await page.waitForSelector('.block-progress');
    expect(await page.locator('.channel-link.unread').count()).toBe(0);
    await page.keyboard.press('Alt+Digit1');
    await page.waitForSelector('[data-person=ada][aria-pressed=true]');
    await page.goBack();
    expect(world.faults).toEqual([]);
  });

  test('in the direct message plain words are commands', async () => {
    const page = await world.open({}, `${world.server.url}/#dm-ada`);
    await page.locator('#composer-channel').pressSequentially('he');
    await page.waitForSelector('.completion li');
    await world.type('help');
    await page.waitForSelector('.card');
    expect(world.server.dispatcher.seen[0]).toMatchObject({
      addressed: 'direct',
      text: 'help',
      thread: { channel: 'dm-ada', direct: true },
    });
    expect(await page.locator('.only-you-mark').count()).toBe(0);
  });

  test('a restart of Talbot is waited for, and nothing of what was written is lost', async () => {
    await world.server.close();
    const stores = createMemoryMessages();
    const first = await startDemoServer({ scripts: world.scripts, stores });
    const port = Number(new URL(first.url).port);
    const page = await world.open({}, first.url);
    await world.type('before the restart');
    await page.waitForSelector('.message');
    await first.close();
    await page.waitForSelector('.connection');
    await world.type('while it was away');
    await page.waitForSelector('.not-sent');
    await world.picture('away');
    world.server = await startDemoServer({ scripts: world.scripts, stores, port });
    await page.waitForSelector('.connection', { state: 'detached' });
    await page.locator('.not-sent button', { hasText: 'Try again' }).click();
    await page.waitForSelector('.not-sent', { state: 'detached' });
    await world.server.adapter.platform.post(place, huntCard);
    await page.waitForSelector('.card');
    expect(await page.locator('.message-body').allInnerTexts()).toEqual([
      'before the restart',
      'while it was away',
      expect.stringContaining('H-1'),
    ]);
    expect(stores.all()).toHaveLength(3);
  });

  test('older messages come as one scrolls back, and the eye stays on its line', async () => {
    for (let number = 1; number <= 90; number += 1)
      await world.server.adapter.platform.post(place, { title: `Card ${number}`, blocks: [] });
    const page = await world.open();
    await page.waitForSelector('.card');
    expect(await page.locator('.card').count()).toBe(40);
    await page.locator('.messages').evaluate((element) => {
      element.scrollTop = 100;
    });
    await page.locator('.card').nth(79).waitFor();
    const top = await page.locator('.messages').evaluate((element) => element.scrollTop);
    expect(top).toBeGreaterThan(1000);
    await page.locator('.messages').evaluate((element) => {
      element.scrollTop = 0;
    });
    await eventually(() => page.locator('.card-title').first().textContent(), 'Card 1');
  });

  test('dark and light: by the system, and by hand', async () => {
    const page = await world.open({ colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(21, 26, 24)');
    await world.picture('dark');
    await page.locator('.theme-button').click();
    expect(await background()).toBe('rgb(252, 251, 248)');
    await page.reload();
    await page.waitForSelector('.composer');
    expect(await background()).toBe('rgb(252, 251, 248)');
    await page.locator('.theme-button').click();
    expect(await background()).toBe('rgb(21, 26, 24)');
    expect(world.faults).toEqual([]);
  });

  test('a phone 360 points wide: nothing sticks out, threads fill the screen, the menu opens and closes', async () => {
    const page = await world.open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const sticksOut = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    await world.picture('phone-empty');
    await world.type('/hunt new Odd sign-ins');
    await page.locator('[data-press=run]').tap();
    await page.waitForSelector('.thread .block-table');
    expect(await page.locator('.channel').isVisible()).toBe(false);
    expect(await sticksOut()).toBe(0);
    await world.picture('phone-thread');
    await page.locator('.thread [data-press=bookmark]').tap();
    await page.waitForSelector('dialog.sheet');
    await world.picture('phone-form');
    expect(await sticksOut()).toBe(0);
    await page.locator('dialog [data-close]').first().tap();
    await page.locator('[aria-label="Back to the channel"]').tap();
    await page.waitForSelector('.thread', { state: 'detached' });
    expect(await page.locator('.channel').isVisible()).toBe(true);
    expect(await sticksOut()).toBe(0);
    await world.picture('phone');
    await page.locator('.menu-button').tap();
    await page.locator('[data-person=mo]').tap();
    await eventually(() => page.locator('.me-name').first().textContent(), 'as Mo Reyes');
    await world.type('@Talbot hostile');
    await page.waitForSelector('.tone-danger');
    expect(await sticksOut()).toBe(0);
    expect(world.faults).toEqual([]);
  });

  test('Escape closes what helps to type first, and the thread only then', async () => {
    const page = await world.open();
    await world.type('/hunt new Odd sign-ins');
    await page.locator('.open-thread, .replies').first().click();
    for (const words of ['@Talbot r', '@Talbot run now']) {
      await page.locator('#composer-thread').fill(words);
      await page.waitForSelector('.completion');
      await page.keyboard.press('Escape');
      await page.waitForSelector('.completion', { state: 'detached' });
      expect(await page.inputValue('#composer-thread')).toBe(words);
    }
    await page.keyboard.press('Escape');
    await page.waitForSelector('.thread', { state: 'detached' });
    expect(world.faults).toEqual([]);
  });

  test('the keyboard reaches everything, and “?” says how', async () => {
    const page = await world.open();
    await world.type('/hunt new Odd sign-ins');
    await page.waitForSelector('.card');
    const reached = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate<string>(
        'document.activeElement.textContent.trim() || document.activeElement.ariaLabel || document.activeElement.id',
      );
      reached.add(name);
    }
    for (const name of ['Run all queries', 'Edit', 'Delete', 'Keyboard', 'Reply in thread'])
      expect([...reached]).toContain(name);
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog.shortcuts');
    await world.picture('shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await eventually(() => page.inputValue('#composer-channel'), '/hunt ');
    await world.server.adapter.platform.post(place, { title: 'R-9 finished', blocks: [] });
    await eventually(
      () => page.locator('#spoken').first().textContent(),
      expect.stringContaining('Talbot: R-9 finished'),
    );
  });
});
