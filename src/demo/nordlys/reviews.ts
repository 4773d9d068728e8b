import type { WrittenReviews } from '../sketch.ts';

export const reviews: WrittenReviews = {
  'NK-101': [
    [5, 'Hverdagskaffen', 'Vi har prøvd det meste, og kommer alltid tilbake til denne.'],
    [5, 'Tåler traktekanna', 'Selv etter en time på plata er den drikkende. Det sier jeg ikke om mange.'],
    [4, 'God og trygg', 'Ikke den mest spennende, men ingen i huset klager. Kilosposen lønner seg.'],
    [5, 'Fersk', 'Brent mandag, i postkassa onsdag. I Hammerfest!'],
    [3, 'Litt tam', 'Grei kaffe, men jeg liker mer syre.'],
    [4, 'Kontoret er enig', 'Ni kolleger og én pose de er enige om. Vi tar tre om gangen.'],
  ],
  'NK-102': [
    [5, 'Blåbær!', 'Jeg trodde det bare var noe de skrev. Det er faktisk blåbær.'],
    [4, 'Nydelig lys', 'Best når den er litt avkjølt. Krever fin maling.'],
  ],
  'NK-103': [
    [5, 'Rabarbra i koppen', 'Frisk og klar, som en junimorgen. Synd at det er siste sekk.'],
    [4, 'Til prisen', 'Kjøpte fire poser da den ble satt ned. Skulle tatt fem.'],
    [2, 'For surt for meg', 'Sikkert god kaffe, men magen min ville ikke.'],
  ],
  'NK-104': [
    [5, 'Tykk crema', 'Maskinen min er fra 2009, og likevel ser det ut som på kafé.'],
    [5, 'I melk', 'Smaker igjennom i en stor cappuccino, og det gjør ikke de lyse.'],
    [4, 'God i mokkakanna', 'Ikke bitter, så lenge du tar den av plata i tide.'],
    [3, 'Mørkere enn ventet', 'Helt grei, men den heter lysbrent på brygga og det er den ikke.'],
  ],
  'NK-105': [
    [5, 'Ingen merker det', 'Serverte den etter middag og sa det ikke før dagen etter.'],
    [4, 'Søvnen er reddet', 'Litt tynnere enn vanlig kaffe. Men jeg sover.'],
  ],
  'NK-106': [
    [5, 'Fin gave', 'Ga den til svigerfar, som nå ringer og snakker om syre.'],
    [4, 'Gikk i postkassa', 'Kortet med oppskrifter er det jeg har brukt mest.'],
  ],
  'NK-201': [
    [5, 'Ingrid kan sitt fag', 'Tung, jevn og vakker. Ingen helt lik.'],
    [5, 'Jevn kopp hver gang', 'Jeg heller som en murer, og det blir godt likevel.'],
    [4, 'Husk filtrene', 'Den tar bare bølgefilter, så bestill dem samtidig.'],
  ],
  'NK-202': [
    [5, 'Med på hytta', 'Slipper å male hjemme. Kaffen på Skrova har aldri vært bedre.'],
    [4, 'Solid', 'Litt trang å fylle. Ellers ingenting å utsette.'],
    [5, 'Jevn maling', 'Byttet ut en elektrisk til det dobbelte. Angrer ikke.'],
  ],
  'NK-203': [
    [4, 'Pen på komfyren', 'Termometeret stemmer. Håndtaket blir varmt på gass.'],
    [5, 'Tynn stråle', 'Nå går vannet dit jeg vil.'],
  ],
  'NK-204': [
    [5, 'Tiden starter selv', 'Så enkelt, og så mye mindre å holde styr på før klokka sju.'],
    [3, 'Litt treg', 'Viser riktig, men henger et halvt sekund etter.'],
  ],
  'NK-205': [[5, 'Holder formen', 'Kollapser ikke når de blir våte, slik de billige gjør.']],
};
