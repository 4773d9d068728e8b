/** Something about an archive that a person has to look at; the message says what and where. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
}
