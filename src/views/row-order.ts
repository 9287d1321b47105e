interface NamedColumn {
  name: string;
}

const meaning = [
  /^(timegenerated|timestamp|starttime|endtime|first\w*|last\w*)$/i,
  /^(account\w*|userprincipalname|targetusername|subjectusername|initiatingprocessaccountname|userid|user|caller)$/i,
  /^(computer|devicename|host\w*|workstation\w*)$/i,
  /^(ipaddress|remoteip|sourceip|clientip|ip\w*)$/i,
  /^(processcommandline|commandline|newprocessname|filename|processname)$/i,
];

/** Indexes of the columns in reading order: time, account, host, address, command line first, the rest as the query gave them. */
export function readingOrder(columns: readonly NamedColumn[]): number[] {
  const rank = (name: string) => {
    const at = meaning.findIndex((pattern) => pattern.test(name));
    return at === -1 ? meaning.length : at;
  };
  return columns.map((_, i) => i).sort((a, b) => rank(columns[a]?.name ?? '') - rank(columns[b]?.name ?? '') || a - b);
}
