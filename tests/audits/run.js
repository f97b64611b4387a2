// Runs every audit of graphql-http against the server whose GraphQL address is given, and fails when one does.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const audits = serverAudits({ url });
const failed = [];
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failed.push(result);
    console.error(`${result.status}  ${result.id}  ${result.name}: ${result.reason}`);
  }
}
console.log(`${audits.length - failed.length} of ${audits.length} audits passed`);
process.exit(failed.length === 0 && audits.length === 61 ? 0 : 1);
