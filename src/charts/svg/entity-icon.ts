import { type Svg, svgElement, svgGroup } from './document';
import { panel } from './palette';

type Piece = ['path' | 'circle' | 'rect', Record<string, string | number>];

const envelope: Piece[] = [
  ['rect', { x: 1, y: 3.5, width: 14, height: 9.5, rx: 1 }],
  ['path', { d: 'M1.5 4.5 8 9.5l6.5-5' }],
];
const key: Piece[] = [
  ['circle', { cx: 5, cy: 8, r: 3.2 }],
  ['path', { d: 'M8.2 8H15M12 8v3M14.5 8v2.2' }],
];
const globe: Piece[] = [
  ['circle', { cx: 8, cy: 8, r: 6.5 }],
  ['path', { d: 'M1.5 8h13M8 1.5c4.5 4 4.5 9 0 13M8 1.5c-4.5 4-4.5 9 0 13' }],
];
const page: Piece[] = [['path', { d: 'M3.5 1.5h6l3.5 3.5v9.5h-9.5zM9.5 1.5V5H13' }]];
const head: Piece[] = [
  ['circle', { cx: 8, cy: 5, r: 3 }],
  ['path', { d: 'M2 14.5c.5-4 3-5 6-5s5.5 1 6 5' }],
];

/** Lines on a field of 16 by 16 points. */
const icons: Record<string, Piece[]> = {
  Account: head,
  SecurityGroup: [
    ['circle', { cx: 5.5, cy: 5, r: 2.5 }],
    ['circle', { cx: 11.5, cy: 6, r: 2 }],
    ['path', { d: 'M1 14c.4-3.5 2.4-4.5 4.5-4.500s4.1 1 4.5 4.500M10.5 10c2.5-.5 4.2 1 4.5 4' }],
  ],
  Host: [
    ['rect', { x: 1.5, y: 2.5, width: 13, height: 8.5, rx: 1 }],
    ['path', { d: 'M8 11v3M5 14h6' }],
  ],
  IP: globe,
  URL: [
    ['path', { d: 'M6.5 9.500a3 3 0 0 1 0-4.200l2-2a3 3 0 0 1 4.2 4.200l-1.2 1.2' }],
    ['path', { d: 'M9.5 6.500a3 3 0 0 1 0 4.200l-2 2a3 3 0 0 1-4.2-4.200l1.2-1.2' }],
  ],
  DNS: [
    ['rect', { x: 5.5, y: 1.5, width: 5, height: 4 }],
    ['path', { d: 'M8 5.500V8M3.5 10.500V8h9v2.5' }],
    ['rect', { x: 1.5, y: 10.5, width: 4, height: 4 }],
    ['rect', { x: 10.5, y: 10.5, width: 4, height: 4 }],
  ],
  File: page,
  FileHash: [['path', { d: 'M6 2 4.5 14M11.5 2 10 14M2 5.500h12M1.5 10.500h12' }]],
  Malware: [
    ['circle', { cx: 8, cy: 9, r: 4 }],
    ['path', { d: 'M8 5V3M4 9H1M15 9h-3M5 6 3 4M11 6l2-2M5 12l-2 2M11 12l2 2' }],
  ],
  Process: [
    ['circle', { cx: 8, cy: 8, r: 3 }],
    [
      'path',
      {
        d: 'M8 1.500V5M8 11v3.500M1.5 8H5M11 8h3.500M3.4 3.400l2.5 2.500M10.1 10.100l2.5 2.500M12.6 3.400l-2.5 2.500M5.9 10.100l-2.5 2.5',
      },
    ],
  ],
  RegistryKey: key,
  RegistryValue: [...key, ['circle', { cx: 5, cy: 8, r: 1 }]],
  CloudApplication: [['path', { d: 'M4.5 12.500a3 3 0 0 1 0-6 4 4 0 0 1 7.6 0 3 3 0 0 1-.1 6z' }]],
  AzureResource: [['path', { d: 'M8 1.5 14 5v6l-6 3.500L2 11V5z' }]],
  Mailbox: envelope,
  MailMessage: envelope,
  MailCluster: [
    ['rect', { x: 1, y: 5.5, width: 11, height: 8 }],
    ['path', { d: 'M1.5 6.5 6.5 10l5-3.500M4 5.500V3h11v8h-3' }],
  ],
  SubmissionMail: [...envelope, ['path', { d: 'M8 15v-4M6.5 12.5 8 11l1.5 1.5' }]],
  bookmark: [['path', { d: 'M4 1.500h8v13L8 11l-4 3.500z' }]],
  alert: [
    ['path', { d: 'M8 1.5 15 14H1zM8 6v4' }],
    ['circle', { cx: 8, cy: 12, r: 0.6 }],
  ],
};

/** A sign for a type of entity, or for a bookmark or alert, 16 points wide and high; a dot for what is not known. */
export function entityIcon(type: string, x: number, y: number, stroke: string = panel.subtle): Svg {
  const pieces = icons[type] ?? [['circle', { cx: 8, cy: 8, r: 4 }] as Piece];
  return svgGroup(
    x,
    y,
    pieces.map(([name, attributes]) =>
      svgElement(name, {
        ...attributes,
        fill: 'none',
        stroke,
        'stroke-width': 1.4,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      }),
    ),
  );
}
