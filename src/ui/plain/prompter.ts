// Questions and answers line by line. The steps only know this; tests answer in its place.

import type { Session } from '../../wizard/session.ts';

export interface PromptChoice<T> {
  readonly name: string;
  readonly value: T;
  /** Ticked to begin with, where several can be picked. */
  readonly checked?: boolean;
}

interface TextQuestion {
  readonly message: string;
  readonly initial?: string;
  /** The text as the line shows it while it is typed and afterwards, where it may hold a secret. */
  readonly shown?: (text: string) => string;
  /** True, or why the text does not do. */
  readonly validate?: (text: string) => true | string;
}

export interface Prompter {
  /** A sentence; it is wrapped between words, under its own indent. */
  readonly say: (sentence: string) => void;
  /** A line to copy, such as a command: never broken. */
  readonly show: (line: string) => void;
  readonly choose: <T>(message: string, choices: readonly PromptChoice<T>[]) => Promise<T>;
  readonly checkbox: <T>(message: string, choices: readonly PromptChoice<T>[]) => Promise<T[]>;
  readonly text: (question: TextQuestion) => Promise<string>;
  readonly secret: (message: string) => Promise<string>;
}

export interface PromptContext {
  readonly session: Session;
  readonly prompter: Prompter;
  /** What has been said already, so that a prompt shown again does not repeat it. */
  readonly alreadySaid: WeakSet<object>;
}
