export const reviewers: string[] = [
  ...['Haruka', 'Kenji T.', 'M. Sato', 'Aiko', 'Daniel W.', 'Yui N.', 'Claire B.', 'Takumi'],
  ...['Naoko Mori', 'Oliver', 'Rin', 'Sophie L.', 'Hiroshi K.', 'Emi', 'Jonas', 'Shota I.'],
];
