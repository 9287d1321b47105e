type Value = string | number | { [key: string]: Value } | Value[];

/** A MaxMind database (format 2.0, 24 bits a record) that knows these networks: `1.2.3.0/24`, `2001:db8:/32` written in full. */
export function mmdbFile(networks: Record<string, Value>): Buffer {
  const none = -1;
  type Node = [Node | number, Node | number];
  const root: Node = [none, none];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [network, value] of Object.entries(networks)) {
    const [address = '', length = '0'] = network.split('/');
    const bits = bitsOf(address).slice(0, Number(length) + (address.includes(':') ? 0 : 96));
    const encoded = encode(value);
    let node = root;
    for (const bit of bits.slice(0, -1)) {
      const next = node[bit];
      if (typeof next === 'object') node = next;
      else {
        const made: Node = [none, none];
        node[bit] = made;
        node = made;
      }
    }
    node[bits.at(-1) ?? 0] = offset;
    data.push(encoded);
    offset += encoded.length;
  }
  const nodes: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.shift(); node; node = open.shift()) {
    nodes.push(node);
    for (const side of node) if (typeof side === 'object') open.push(side);
  }
  const place = new Map(nodes.map((node, i) => [node, i]));
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [i, node] of nodes.entries()) {
    for (const [side, record] of node.entries()) {
      const value =
        typeof record === 'object'
          ? (place.get(record) ?? 0)
          : record === none
            ? nodes.length
            : nodes.length + 16 + record;
      tree.writeUIntBE(value, i * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    node_count: nodes.length,
    record_size: 24,
    ip_version: 6,
    database_type: 'Test-City',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'made for a test' },
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]);
}

type Bit = 0 | 1;

function bitsOf(address: string): Bit[] {
  const bytes = address.includes(':')
    ? address.split(':').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    : [...Array<number>(12).fill(0), ...address.split('.').map(Number)];
  return bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i): Bit => ((byte >> (7 - i)) & 1 ? 1 : 0)));
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([
      text.length < 29 ? Buffer.from([(2 << 5) | text.length]) : Buffer.from([(2 << 5) | 29, text.length - 29]),
      text,
    ]);
  }
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 0) {
      const bytes = Buffer.alloc(5);
      bytes.writeUInt8((6 << 5) | 4);
      bytes.writeUInt32BE(value, 1);
      return bytes;
    }
    const bytes = Buffer.alloc(9);
    bytes.writeUInt8((3 << 5) | 8);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 4]), ...value.map(encode)]);
  const pairs = Object.entries(value);
  return Buffer.concat([
    Buffer.from([(7 << 5) | pairs.length]),
    ...pairs.flatMap(([key, one]) => [encode(key), encode(one)]),
  ]);
}
