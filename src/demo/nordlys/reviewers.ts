export const reviewers: string[] = [
  ...['Kari N.', 'Ola Berg', 'Ingvild', 'Sondre H.', 'Astrid Moe', 'Jonas L.', 'Marit', 'Tor Egil'],
  ...['Silje A.', 'Per i Bodø', 'Hanne Lie', 'Eirik', 'Solveig S.', 'Mats D.', 'Ragnhild', 'Amina H.'],
  ...['Håkon V.', 'Trine', 'Bjørn Olav', 'Ida Marie', 'Aksel', 'Tuva R.', 'Geir Solli', 'Nora B.'],
];
