import { slackManifest } from '../../../adapters/slack/manifest';
import { ScriptedDispatcher } from '../../fakes/slack/scripted-dispatcher';

const catalogue = new ScriptedDispatcher(() => ({ kind: 'nothing' })).catalogue();

test('over HTTP every address is the public one', () => {
  const manifest = slackManifest(catalogue, { publicUrl: 'https://talbot.example', socketMode: false, oauth: true });
  expect(manifest.features.slash_commands[0]).toMatchObject({
    command: '/hunt',
    url: 'https://talbot.example/slack/events',
    usage_hint: '[list | new]',
  });
  expect(manifest.settings.event_subscriptions).toMatchObject({ request_url: 'https://talbot.example/slack/events' });
  expect(manifest.oauth_config).toMatchObject({ redirect_urls: ['https://talbot.example/slack/oauth_redirect'] });
});

test('in Socket Mode no address is named', () => {
  const manifest = slackManifest(catalogue, { publicUrl: undefined, socketMode: true, oauth: false });
  expect(JSON.stringify(manifest)).not.toContain('http');
  expect(manifest.settings.socket_mode_enabled).toBe(true);
});
