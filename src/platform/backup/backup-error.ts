/** What a person has to decide or mend about a backup: said in a line. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/** The oplog no longer reaches back to where the kept segments end. */
export class OplogGap extends BackupError {
  override name = 'OplogGap';
}
