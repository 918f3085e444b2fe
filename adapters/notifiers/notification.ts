export type NotificationKind =
  | 'promotion'
  | 'rollback'
  | 'training_failed'
  | 'drift'
  | 'approval_wanted'
  | 'emergency_stop'
  | 'test';

/** Something that people should hear of. The same `id` is the same message, however often it is sent. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly project: string;
  /** One line. */
  readonly title: string;
  /** Plain text; line breaks are kept. */
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  /** Where to look or to act. */
  readonly link?: string;
  /** A few figures by name. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

export interface Notifier {
  /** Such as `slack`; for the delivery log. */
  readonly channel: string;
  /**
   * Sends it once.
   * @throws {UnavailableError} when a later attempt may help
   * @throws {InvalidInputError} when the receiver refuses it for good: address, credentials or content
   */
  send(notification: Notification): Promise<void>;
}
