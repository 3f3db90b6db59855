// Where it fails: which servers, load balancers and steps of the checkout.
import { grouped } from '../../../text/numbers.ts';
import { type Bucket, bucketsIn, valueIn } from './answer.ts';
import { highest, terms } from './search.ts';
import { knowing, type StepMaker, spanOfIncident } from './step.ts';
import { listed } from './words.ts';

const perKey = (buckets: readonly Bucket[]) =>
  listed(buckets.map(({ key, doc_count }) => `${key} ${grouped(doc_count)}`));

/** Busy threads of a server, of 100, from which on other requests wait for one. */
const FULL = 95;

/** On which servers and behind which load balancers the failures are, and whether the servers have threads left. */
export const whichServers: StepMaker = {
  question: 'Is it one server, or one load balancer?',
  panel: 5,
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanOfIncident(scene),
    where: [{ field: 'error_code', is: code }],
    aggs: {
      servers: { ...terms('server_instance'), aggs: { threads: highest('thread_pool_active') } },
      balancers: terms('load_balancer'),
    },
    ppl: 'stats count() as failures, max(thread_pool_active) as threads by server_instance, load_balancer',
  })),
  tell: (answer, _scene, { code }) => {
    const servers = bucketsIn(answer, 'servers');
    if (servers.length < 2) return undefined;
    const threads = servers.map((server) => valueIn(server, 'threads'));
    const full = threads.every((busy) => busy >= FULL);
    return {
      shows: `No. ${code} by server: ${perKey(servers)}; by load balancer: ${perKey(bucketsIn(answer, 'balancers'))}. Busy threads reach ${listed(threads.map(grouped))} on them${full ? ', so everything else waits too' : ''}.`,
      rulesOut: 'A broken server or load balancer: all of them see it.',
    };
  },
};

/** At which steps of the checkout and on which servers the failures are, where that is everywhere. */
export const whereAll: StepMaker = {
  question: 'Where does it fail?',
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanOfIncident(scene),
    where: [{ field: 'error_code', is: code }],
    aggs: {
      steps: terms('step'),
      servers: terms('server_instance'),
      balancers: terms('load_balancer'),
    },
    ppl: 'stats count() as failures by step, server_instance',
  })),
  tell: (answer, _scene, { code }) => {
    const [steps, servers] = [bucketsIn(answer, 'steps'), bucketsIn(answer, 'servers')];
    if (steps.length < 2 || servers.length < 2) return undefined;
    return {
      shows: `Everywhere. ${code} by step: ${perKey(steps)}; by server: ${perKey(servers)}; by load balancer: ${perKey(bucketsIn(answer, 'balancers'))}.`,
      rulesOut:
        'Whatever only one step, server or load balancer uses. Cart reviews call no payment gateway, and they fail as well.',
    };
  },
};
