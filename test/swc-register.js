const { transformFileSync } = require('@swc/core');

// Lets tests start a second process from a TypeScript file: node -r test/swc-register.js file.ts
const options = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);
