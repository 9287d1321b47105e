const common = new Set(
  'about after again against also many another before being between could does done during else ever find found from have hunt hypothesis into itself like look looked more much nothing only other over same seen show shown some something somebody such talks than that their them then there these they this those through time under unlike until very week were what when where whether which while whom whose will with within without would wrong actor behaviour location evidence logs'.split(
    ' ',
  ),
);

const indicatorPatterns = [
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
  /\b[0-9a-f]{64}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{32}\b/gi,
  /\b(?:[a-z0-9-]+\.)+[a-z]{2,24}\b/gi,
];

/** Addresses, hashes and domains in a text, in small letters; `evil[.]example` and `hxxp` are read as they are meant. */
export function indicatorsIn(text: string): Set<string> {
  const plain = text.replace(/\[\.\]|\(\.\)/g, '.').replace(/hxxp/gi, 'http');
  return new Set(indicatorPatterns.flatMap((pattern) => plain.match(pattern) ?? []).map((one) => one.toLowerCase()));
}

/** The words of a text that say something: at least four letters, none of the common ones, in small letters. */
export function tellingWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{N}-]{3,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/s$/, '')).filter((word) => !common.has(word)));
}
