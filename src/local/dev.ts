process.argv.push('--watch');
await import('./start.ts');
