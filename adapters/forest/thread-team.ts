import type { Team } from '../../core/forest/team.js';

/** Numbers that a member tells at a time. */
const SLOT = 8192;
/** Words of `meeting`. */
const ARRIVED = 0;
const ROUND = 1;
const JOINED = 2;
/** Looks before it sleeps: some microseconds, which is how long the others usually take. */
const SPINS = 4000;
/** A sleeper looks up this often whether somebody has called it off. */
const WAKE_MS = 50;

/** What the members share, all of it in shared memory. */
export interface Meeting {
  readonly size: number;
  readonly words: Int32Array;
  /** Two slots per member, used in turn: a fast member writes one while a slow one still reads the other. */
  readonly slots: Float64Array;
}

export function createMeeting(size: number): Meeting {
  return {
    size,
    words: new Int32Array(new SharedArrayBuffer(12)),
    slots: new Float64Array(new SharedArrayBuffer(2 * size * SLOT * 8)),
  };
}

/**
 * This thread as a member of a team. In `sum` the members wait for each other.
 *
 * @param calledOff whether nobody wants the sums any more, for example because another member failed; `sum` then throws
 */
export function joinTeam({ size, words, slots }: Meeting, calledOff: () => boolean): Team {
  const index = Atomics.add(words, JOINED, 1);
  let round = 0;

  const meet = (): void => {
    const before = round;
    round = (round + 1) | 0;
    if (Atomics.add(words, ARRIVED, 1) === size - 1) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.store(words, ROUND, round);
      Atomics.notify(words, ROUND);
      return;
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(words, ROUND) !== before) return;
    while (Atomics.load(words, ROUND) === before) {
      if (calledOff()) throw new Error('cancelled');
      Atomics.wait(words, ROUND, before, WAKE_MS);
    }
  };

  const sumSlot = (values: Float64Array): void => {
    const first = (round & 1) * size;
    slots.set(values, (first + index) * SLOT);
    meet();
    for (let member = 0; member < size; member++) {
      if (member === index) continue;
      const told = (first + member) * SLOT;
      for (let i = 0; i < values.length; i++) values[i]! += slots[told + i]!;
    }
  };

  return {
    size,
    index,
    sum(values) {
      for (let at = 0; at < values.length; at += SLOT) sumSlot(values.subarray(at, at + SLOT));
    },
  };
}
