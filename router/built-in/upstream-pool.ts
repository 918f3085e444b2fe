export interface Peer {
  readonly address: string;
  readonly host: string;
  readonly port: number;
}

export interface UpstreamPool {
  readonly size: number;
  /** The instance with the fewest requests in flight that is not out and not in `tried`; null when there is none. */
  pick(tried: ReadonlySet<string>): Peer | null;
  begin(peer: Peer): void;
  /** A failure counts against the instance; a success clears what was counted. */
  end(peer: Peer, outcome: 'ok' | 'failed' | 'neutral'): void;
}

interface Member extends Peer {
  active: number;
  fails: number;
  outUntil: number;
}

function parseAddress(address: string): Peer {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return { address, host, port: Number(address.slice(colon + 1)) };
}

/**
 * Instances of one variant with passive health: `maxFails` failures in a row take an instance out for the time; a
 * failure after that takes it out again, a success brings it back.
 *
 * @param health.keepsOnly the only instance of the pool is never taken out, as there is nothing else to try
 * @param now monotonic milliseconds
 */
export function createUpstreamPool(
  addresses: readonly string[],
  health: { readonly maxFails: number; readonly failTimeoutSeconds: number; readonly keepsOnly: boolean },
  now: () => number = () => performance.now(),
): UpstreamPool {
  const failTimeoutMs = health.failTimeoutSeconds * 1_000;
  const members: Member[] = addresses.map((address) => ({
    ...parseAddress(address),
    active: 0,
    fails: 0,
    outUntil: 0,
  }));
  const byAddress = new Map(members.map((member) => [member.address, member]));
  const neverOut = health.keepsOnly && members.length === 1;
  let turn = 0;

  return {
    size: members.length,
    pick(tried) {
      let best: Member | null = null;
      turn = (turn + 1) % Math.max(1, members.length);
      for (let i = 0; i < members.length; i++) {
        // starting elsewhere each time makes equals take turns
        const member = members[(turn + i) % members.length]!;
        if (tried.has(member.address) || (!neverOut && member.outUntil > now())) continue;
        if (best === null || member.active < best.active) best = member;
      }
      return best;
    },
    begin(peer) {
      byAddress.get(peer.address)!.active++;
    },
    end(peer, outcome) {
      const member = byAddress.get(peer.address)!;
      member.active--;
      if (outcome === 'ok') member.fails = 0;
      if (outcome !== 'failed') return;
      member.fails++;
      if (member.fails >= health.maxFails) member.outUntil = now() + failTimeoutMs;
    },
  };
}
