import { launch } from './launch.mjs';

await launch('tests/main.ts');
