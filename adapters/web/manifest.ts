/** The web app manifest: with it a phone or desktop offers to keep the page as an app. */
export function webAppManifest(): object {
  return {
    name: 'Talbot',
    short_name: 'Talbot',
    description: 'The hunting hound in the channel',
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f6f5f1',
    theme_color: '#173f38',
    icons: [{ src: '/page/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
