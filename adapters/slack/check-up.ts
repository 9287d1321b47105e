import { webApi } from '@slack/bolt';
import { slackCode } from './errors';
import { scopes } from './manifest';

/** What is wrong with the Slack settings, in sentences; empty where Slack takes the token and it has every scope. */
export async function checkUpSlack(settings: {
  botToken: string;
  apiUrl?: string | undefined;
}): Promise<{ found: string; faults: string[] }> {
  const client = new webApi.WebClient(settings.botToken, {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl.replace(/\/*$/, '/') }),
  });
  try {
    const answer = await client.auth.test();
    const granted = answer.response_metadata?.scopes ?? [];
    const missing = granted.length === 0 ? [] : scopes.filter((scope) => !granted.includes(scope));
    return {
      found: `workspace ${answer.team ?? '?'}, bot ${answer.user ?? '?'}${granted.length === 0 ? '; its scopes were not told' : ''}`,
      faults:
        missing.length === 0
          ? []
          : [
              `The token lacks the scopes ${missing.join(', ')}: install the app anew from the manifest (npm run manifests).`,
            ],
    };
  } catch (error) {
    return {
      found: '',
      faults: [
        `Slack does not take SLACK_BOT_TOKEN (${slackCode(error) ?? (error instanceof Error ? error.message : 'no answer')}).`,
      ],
    };
  }
}
