import { html } from 'lit-html';

/** Drawn for a box of 20 points, in the colour of the text around them. */
function icon(path: string) {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;
}

export const icons = {
  menu: icon('M3 5.500h14M3 10h14M3 14.500h14'),
  back: icon('M12 4 6 10l6 6'),
  close: icon('m5 5 10 10M15 5 5 15'),
  attach: icon(
    'm15.500 9.500-5.700 5.700a3.200 3.200 0 0 1-4.500-4.500l6.300-6.300a2.100 2.100 0 0 1 3 3L8.500 13.500a1 1 0 0 1-1.500-1.500l5.200-5.200',
  ),
  send: icon('M3 10 17 3.500 12.500 17l-3-5.500L3 10Zm6.500 1.500L17 3.500'),
  reply: icon('M4 5h12v8.500H9.500L6 16.500v-3H4Z'),
  edit: icon('m4 16 .8-3.500L13 4.300l2.700 2.700-8.200 8.200L4 16Z'),
  bin: icon('M4 6h12M8 6V4h4v2M6 6l.6 10h6.800L14 6'),
  sun: icon(
    'M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM10 2v2M10 16v2M2 10h2M16 10h2M4.300 4.300l1.400 1.400M14.300 14.300l1.400 1.400M15.700 4.300l-1.400 1.400M5.700 14.300l-1.400 1.400',
  ),
  moon: icon('M15.500 12.500A6.500 6.500 0 0 1 7.500 4.500a6.500 6.500 0 1 0 8 8Z'),
  keyboard: icon('M2.500 5.500h15v9h-15ZM5.500 8.500h.1M8.500 8.500h.1M11.500 8.500h.1M14.500 8.500h.1M6.500 11.700h7'),
  eye: icon('M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Zm8-2.200a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400Z'),
  check: icon('m4.500 10.500 3.500 3.500 7.500-8'),
};
