import { checkSvg } from '../../src/charts/draw/check-svg';
import { eventsPicture } from '../../src/views/events-picture';
import { connections, investigationPicture } from '../../src/views/investigation-picture';
import { zoomPage } from '../../src/views/zoom-page';
import { exampleInvestigation } from '../cards/example-investigation';

test('what holds findings together is shown and said first; the rest is grouped and counted', () => {
  const { svg, hidden } = investigationPicture(exampleInvestigation);
  expect(svg).toContain('203[.]0[.]113[.]66');
  expect(svg).toContain('+35 more');
  expect(hidden).toEqual({ findings: 0, things: 35 });
  expect(connections(exampleInvestigation)[0]).toBe('IP 203[.]0[.]113[.]66 is in 2 of 3 (B-1, B-2), 11 rows.');
  expect(investigationPicture(exampleInvestigation).svg).toBe(svg);
});

test('hostile names are inert in picture and page', () => {
  const pictures = [investigationPicture(exampleInvestigation).svg, eventsPicture(exampleInvestigation)?.svg ?? ''];
  for (const svg of pictures) {
    expect(() => checkSvg(svg)).not.toThrow();
    expect(svg).not.toContain('<img');
    expect(svg).not.toContain('\u202e');
    const page = zoomPage(svg, '</title><script>alert(1)</script>');
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain("default-src 'none'");
  }
});

test('a long silence is cut out of the timeline, and rows without a time have none', () => {
  const minute = 60_000;
  const moments = [0, 1, 2, 5000, 5001].map((at) => new Date(Date.UTC(2026, 10, 20) + at * minute));
  const data = {
    title: 'H-1',
    findings: [{ id: 'B-1', kind: 'bookmark' as const, name: 'x', moments }],
    things: [],
    ties: [],
  };
  const svg = eventsPicture(data)?.svg ?? '';
  expect(svg).toContain('5 bookmarked rows, 2026, UTC');
  expect(svg).toContain('11-20 00:00');
  expect(svg).toContain('11-23 11:20');
  expect(
    eventsPicture({ ...data, findings: [{ ...data.findings[0], moments: [] } as (typeof data.findings)[0]] }),
  ).toBeNull();
});

test('five hundred findings and three thousand things are one picture', () => {
  const findings = Array.from({ length: 500 }, (_, i) => ({
    id: `B-${i}`,
    kind: 'bookmark' as const,
    name: `Rows ${i}`,
    moments: [new Date(i * 60_000)],
  }));
  const things = Array.from({ length: 3000 }, (_, i) => ({
    id: `E-${i}`,
    type: i % 2 ? 'Host' : 'IP',
    name: `n${i}`,
    elsewhere: false,
    indicator: false,
  }));
  const ties = Array.from({ length: 6000 }, (_, i) => ({ finding: `B-${i % 500}`, thing: `E-${i % 3000}`, rows: 1 }));
  const { hidden } = investigationPicture({ title: 'H-1', findings, things, ties });
  expect(hidden.findings).toBe(490);
  expect(hidden.things).toBeGreaterThan(2900);
});

test('types that find no row of their own share one, and each thing is counted once', () => {
  const finding = { id: 'B-1', kind: 'bookmark' as const, name: 'Rows', moments: [] };
  const types = Array.from({ length: 30 }, (_, i) => `Type${i}`);
  const things = types.flatMap((type) =>
    Array.from({ length: 8 }, (_, i) => ({
      id: `${type}-${i}`,
      type,
      name: `n${i}`,
      elsewhere: false,
      indicator: false,
    })),
  );
  const ties = things.map((thing) => ({ finding: 'B-1', thing: thing.id, rows: 1 }));
  const { svg, hidden } = investigationPicture({ title: 'H-1', findings: [finding], things, ties });
  const drawn = [...svg.matchAll(/>\+(\d+) more</g)].reduce((sum, found) => sum + Number(found[1]), 0);
  expect(drawn).toBe(hidden.things);
  expect(hidden.things).toBe(240 - 17);
  expect(svg).toContain('of 21 further types');
  expect(Number(/height="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(1010);
});

test('a timeline of two hundred thousand rows and of forty tactics is one picture', () => {
  const findings = Array.from({ length: 40 }, (_, i) => ({
    id: `B-${i}`,
    kind: 'bookmark' as const,
    name: 'Rows',
    tactic: `Tactic${i}`,
    moments: Array.from({ length: 5000 }, (_, at) => new Date(Date.UTC(2025, 11, 31) + (i * 5000 + at) * 1000)),
  }));
  const svg = eventsPicture({ title: 'H-1', findings, things: [], ties: [] })?.svg ?? '';
  expect(svg).toContain('200,000 bookmarked rows, 2025 to 2026, UTC');
  expect(svg).toContain('23 others');
});
