// The words by which an intention shows, in groups and in several languages: what intent-rules.ts puts together.
// Data alone. A wording is one word or several; `*` at a word's end leaves the ending open.

// biome-ignore format: lists read better in rows
export const intentWords = {
  // What is made up, and how.
  forging: [
    'forge', 'forging', 'forged', 'forgery', 'falsif*', 'fabricat*', 'backdat*', 'predat*', 'mock up', 'counterfeit*', 'doctor the', 'doctor our', 
    'fälsch*', 'rückdatier*', 'zurückdatier*', 'rückwirkend*', 'vortäusch*', 'gefälscht*',
    'falsific*', 'falso', 'falsa', 'falsos', 'falsas', 'inventad*', 'antedat*', 'faux', 'fausse', 'fausses', 'antidat*', 'contrefai*',
  ],
  inventing: [
    'fake', 'fakes', 'faked', 'made up', 'make up', 'making up', 'make them up', 'invent', 'invents', 'invented', 'inventing', 'bogus', 'phony', 'sham', 'fictitious', 'pretend', 'imaginary', 'nonexistent', 'plausible', 'earlier date*', 'later date', 'dated', 'different', 'rewritten', 'imagined', 'dummy',
    'erfund*', 'erfinde*', 'inventa', 'inventar', 'ficticio*', 'invente', 'inventer', 'inventés', 'inventées', 'fictif*',
  ],
  document: [
    'data sheet', 'risk file', 'warnings', 'verdict*', 'decisions', 'dossier', 'signatures',
    'invoice*', 'receipt*', 'certificate*', 'payslip*', 'reference*', 'letter*', 'record', 'records', 'log', 'logs', 'note', 'notes', 'minutes', 'signature*', 'prescription*', 'id', 'ids', 'passport*', 'visa', 'review', 'reviews', 'testimonial*', 'study', 'studies', 'statistic*', 'quote', 'quotes', 'consent', 'evidence', 'proof', 'diploma*', 'transcript*', 'badge*', 'report', 'reports', 'statement*', 'ticket*', 'timesheet*', 'contract*', 'permit*', 'licence*', 'license*', 'bill', 'bills', 'comment', 'comments', 'petition*', 'profile*', 'papers', 'paperwork', 'file', 'files', 'documents', 'results', 'figures', 'photo*', 'receipt', 'degree*', 'survey*', 'citation*', 'sources', 'opinions', 'inspection*', 'history', 'residents', 'buyers', 'customers', 'patients', 'witness*', 'stars', 'star', 'ratings',
    'rechnung*', 'beleg*', 'quittung*', 'arbeitszeugnis*', 'zeugnis*', 'attest*', 'bescheinigung*', 'protokoll*', 'unterschrift*', 'ausweis*', 'stundenzettel*', 'nachweis*', 'bewertung*', 'vertrag*',
    'factura*', 'certificado*', 'recibo*', 'reseña*', 'contrato*', 'firma', 'justificante*', 'informe*', 'facture*', 'certificat', 'certificats', 'avis', 'justificatif*', 'ordonnance*', 'reçu*', 'diplôme*', 'témoignage*',
  ],
  untrue: [
    'nobody has examined', 'never examined', 'without examining', 'has not seen the patient', 'no test was done', 'nobody checked', 'never tested', 'were never', 'was never', 'nobody did', 'kein genehmigt*', 'nicht genehmigt',
    'not exist', 'never existed', 'never happened', 'never took place', 'there is no', 'is no such', 'was no such', 'no such', 'he was not', 'she was not', 'it was not', 'they did not', 'i did not', 'we did not', 'it did not', 'they are not', 'i am not ill', 'i was not', 'not true', 'none of it', 'isn t true', 'the real deal', 'in reality', 'actually i', 'actually we', 'actually it', 'but gave', 'no matter whether it is true', 'lie', 'lies', 'mislead*', 'deceiv*', 'no basis', 'never agreed', 'never asked', 'never worked', 'made it up', 'just make', 'not really', 'who do not exist', 'unproven',
    'nie war', 'nie stattgefunden', 'gibt es nicht', 'stimmt nicht', 'no existen', 'no existe', 'no es verdad', 'mentira*', 'n existent pas', 'n existe pas', 'pas vrai', 'mensonge*',
  ],
  seeming: [
    'looks clean', 'look clean', 'looks harmless', 'look harmless', 'must look', 'has to look', 'should look', 'make one up', 'sounding as if', 'as if i had', 'so she thinks', 'so he thinks', 'so they think', 'would trust it', 'reads like', 'passes as', 'looks as though', 'soll aussehen', 'aussieht wie', 'parezca un', 'aunque no',
    'im namen unser*', 'im namen der', 'say i am from', 'say i m from', 'saying i m from', 'says he is from', 'im auftrag der', 'different voices', 'different people', 'different names', 'voice of a', 'signed letter that says', 'looks as if', 'from the real', 'pretend call',
    'look real', 'looks real', 'look genuine', 'looks genuine', 'look authentic', 'look official', 'looks official', 'look natural', 'looks natural', 'look right', 'look like', 'looks like', 'look as', 'looks as', 'looks in order', 'look in order', 'looking like', 'sound* like', 'sounding like', 'sounds real', 'sound real', 'sounds neutral', 'sound neutral', 'sounding neutral', 'sounds honest', 'sounds safe', 'sound safe', 'sounds official', 'reads as', 'read as', 'seem to be from', 'seem to come', 'appear to be', 'appear to come', 'seems to come', 'as if it', 'as if she', 'as if he', 'as if they', 'as if from', 'as though', 'pass for', 'pass as', 'take for real', 'in the name of', 'on behalf of people', 'posing as', 'pose as', 'poses as', 'claiming to be', 'claim to be', 'pretend to be', 'pretending', 'pretend we', 'pretend that', 'impersonat*', 'under another name', 'different accounts', 'make it look', 'makes it look', 'name it something', 'call it something', 'something neutral', 'neutral reason', 'cover reason', 'cover story', 'harmless story', 'story that', 'convincing',
    'echt wirk*', 'echt aussieh*', 'ausgeben als', 'sich ausgeb*', 'als ob', 'haciéndome pasar', 'hacerse pasar', 'hacernos pasar', 'se hace pasar', 'fingi*', 'finja*', 'como si fuera*', 'parezca*', 'parecer', 'passer pour', 'faire passer', 'ait l air', 'ait l air vrai', 'comme si',
  ],
  trusted: [
    'lohnabteilung', 'courier', 'landlord', 'pharmacy', 'embassy', 'customer service', 'behörde', 'finanzamt', 'hausverwaltung',
    'bank', 'bank s', 'council', 'commission', 'payroll', 'ministry', 'police', 'nurse', 'doctor', 'clinic', 'surgery', 'chief executive', 'ceo', 'boss', 'tax office', 'government', 'helpdesk', 'support team', 'security department', 'news', 'newspaper', 'lawyer', 'school', 'headteacher', 'family', 'grandson', 'officer', 'agency', 'households', 'mothers', 'university', 'hospital', 'buyers', 'firm', 'banco', 'banque', 'bankmitarbeiter', 'polizei', 'policía', 'mairie', 'clientes', 'clients', 'kunden',
  ],
  // Keeping it from somebody.
  purpose: ['so', 'so that', 'that', 'until', 'before', 'make sure', 'where', 'way', 'damit', 'dass', 'para que', 'pour que', 'que', 'and', 'but', 'should', 'must'],
  nobody: [
    'nobody', 'no one', 'no regulator', 'no auditor', 'no inspector', 'no teacher', 'without', 'anyone', 'nobody at', 'none of them', 'neither', 'niemand*', 'keiner', 'keine', 'ohne', 'nadie', 'sin', 'personne', 'sans', 'never', 'not', 't', 'nichts', 'nicht', 'nothing', 'cannot', 'hardly', 'pas', 'no', 'rien', 'stop*', 'n y',
  ],
  unbeknown: ['without', 'nobody', 'no one', 'ohne', 'niemand', 'sin', 'nadie', 'sans', 'personne'],
  noticing: [
    'verdacht', 'flagged', 'flag', 'weiß', 'wissen', 'has no idea', 'no idea', 'sleeps through', 'examine', 'pick up on', 'understand',
    'notice', 'notices', 'noticing', 'knowing', 'knows', 'know', 'suspect', 'suspects', 'suspecting', 'find out', 'finds out', 'finding out', 'trace', 'traces', 'traced', 'tracing', 'caught', 'catch on', 'spots', 'spot', 'realise', 'realises', 'realising', 'realize', 'realizes', 'realizing', 'detected', 'ask', 'asks', 'asking questions', 'link', 'links', 'see it', 'see that', 'sees', 'prove', 'proves', 'hear of', 'show up in', 'look at', 'complain', 'complain about', 'object', 'check', 'checks', 'think twice', 'thinking twice', 'steps in', 'filing', 'learn of', 'learns', 'ring', 'reading it', 'aware', 'telling',
    'merk*', 'erfähr*', 'erfahr*', 'bemerk*', 'auffäll*', 'sieht', 'sehen', 'mitbekomm*', 'mitkrieg*', 'entere', 'enteren', 'sepa', 'sepan', 'note', 'noten', 'descubra*', 'sospech*', 'sache', 'sachent', 'remarque*', 'aperçoive*', 'voie', 'voient', 'que du feu', 'doute',
  ],
  unseen: [
    'nothing that shows', 'nowhere to be found', 'keep it out', 'keep that out', 'out of it', 'keep them out', 'bury the fact', 'nobody reads', 'so it does not look', 'looks clean', 'look clean', 'looks harmless', 'look harmless', 'something harmless', 'while being tested', 'keep it off', 'stay below the radar', 'ohne unterschrift', 'sans signer', 'sin firma', 'ahnungslos*', 'without noticing it', 'as if nothing', 'plausible percentages', 'before it comes out', 'no questions asked',
    'has no idea', 'sleeps through', 'look the other way', 'looks the other way', 'no one checks', 'nobody checks', 'weiß nichts davon', 'will not say', 'won t say', 'does not want us to know', 'doesn t want me to know', 'get rid of', 'never be flagged', 'keine ahnung',
    'undetect*', 'untrace*', 'unnoticed', 'unseen', 'leave no trace', 'no trace', 'under the radar', 'off the books', 'off the record', 'between us', 'between you and me', 'our little secret', 'keep it quiet', 'keep this quiet', 'quietly', 'on the quiet', 'secretly', 'in secret', 'covertly', 'on the sly', 'behind her back', 'behind his back', 'behind their backs', 'away with it', 'cover our tracks', 'cover my tracks', 'slips past', 'slip past', 'vanish*', 'before anyone', 'before the famil*', 'nobody s business', 'nothing to look at', 'catch on', 'not logged', 'unsigned', 'no paper trail',
    'heimlich*', 'unbemerkt', 'unauffällig', 'unter uns', 'verdeckt', 'a escondidas', 'en secreto', 'entre nosotros', 'sin dejar rastro', 'en cachette', 'en secret', 'entre nous', 'discrètement', 'à son insu', 'sans laisser de trace', 'spurlos', 'à leur insu',
  ],
  hiding: [
    'hide', 'hides', 'hiding', 'conceal*', 'cover up', 'covers up', 'bury', 'disguise*', 'obscure', 'leave out', 'leave that out', 'leaves out', 'leave it out', 'do not mention', 'don t mention', 'not mention', 'without mentioning', 'no mention', 'say nothing about', 'no small print', 'deny', 'not tell', 'without telling', 'keep it from', 'keep this from', 'keep them from', 'stops compliance', 'out of the', 'erased', 'play down', 'gloss over', 
    'verschleier*', 'verheimlich*', 'vertusch*', 'verschweig*', 'verberg*', 'ocult*', 'escond*', 'cacher', 'dissimul*', 'passer sous silence',
  ],
  watcher: [
    'auditor*', 'audit', 'audits', 'inspector*', 'inspection*', 'regulator*', 'compliance', 'insurer*', 'insurance', 'tax office', 'tax man', 'police', 'authorit*', 'court', 'tribunal', 'judge', 'customs', 'examiner*', 'examiners', 'supervisor*', 'manager', 'boss', 'teacher*', 'professor*', 'parents', 'famil*', 'relative*', 'patients', 'customer*', 'client*', 'employer', 'board', 'ministry', 'agency', 'union', 'works council', 'surveillance', 'investor*', 'hr', 'landlord', 'pharmacist', 'platform', 'moderator*', 'app review', 'users', 'residents', 'sues', 'data protection', 'safety board', 'driver',
    'prüfer*', 'aufsicht*', 'chef', 'finanzamt', 'behörde*', 'polizei', 'betriebsrat', 'kunden', 'inspector*', 'hacienda', 'policía', 'jefe', 'jefa', 'patron', 'mairie', 'fisc', 'inspection du travail',
  ],
  // Getting round a rule.
  evading: [
    'bypass*', 'circumvent*', 'evade', 'evades', 'evading', 'dodge', 'dodging', 'sidestep*', 'get round', 'get around', 'getting round', 'getting around', 'get past', 'getting past', 'work around', 'go around', 'slip past', 'slip through', 'sneak*', 'defeat*', 'disable', 'disabling', 'switch off', 'override', 'cheat', 'game the', 'lets me through', 'let me through', 'doesn t want to see', 'avoid showing', 'without showing', 'just under', 'split the', 'split up', 'trick the', 'fool the', 'beat the', 'skip the', 'no consent', 'without consent', 'without their consent', 'without permission', 'without asking', 'not asked', 'without approval',
    'umgeh*', 'austricks*', 'aushebel*', 'eludir', 'burlar', 'saltarme', 'saltarse', 'contourn*', 'esquiver', 'déjouer', 'sans autorisation', 'sans consentement', 'ohne erlaubnis', 'ohne einwilligung', 'sin permiso', 'sin consentimiento',
  ],
  control: [
    'check', 'checks', 'limit', 'limits', 'filter', 'filters', 'rule', 'rules', 'consent', 'control', 'controls', 'verification', 'approval', 'age', 'tax', 'taxes', 'duty', 'duties', 'law', 'laws', 'guard', 'guards', 'sensor', 'sensors', 'alarm*', 'monitoring', 'detection', 'moderation', 'review', 'firewall', 'restriction*', 'exam', 'proctor*', 'drug test', 'test', 'paywall', 'inspection', 'policy', 'ban', 'block', 'audit', 'threshold', 'id', 'amount', 'report', 'deposits', 'payments', 'buying', 'faces', 'face', 'photo*', 'data', 'recording', 'profiles', 'software', 'plagiarism', 'curfew', 'quota', 'sanction*', 'embargo', 'safety', 'security', 'login', 'code',
    'prüfung*', 'kontroll*', 'alterskontrolle', 'vorschrift*', 'regel*', 'gesetz*', 'sperre', 'límite*', 'control*', 'norma*', 'contrôle*', 'règle*', 'loi*',
  ],
  // Working on somebody.
  pushing: [
    'convince*', 'persuad*', 'trick', 'tricks', 'fool', 'con', 'lure*', 'coax*', 'talk', 'get', 'gets', 'getting', 'make', 'makes', 'making', 'steer*', 'pressure*', 'lead', 'leads', 'push*', 'nudge*', 'brings', 'bring', 'want', 'wants', 'orders', 'tell', 'says', 'phrases', 'excuses', 'so that', 'so', 'ends', 'keep', 'keeps', 'teach', 'should', 'used to', 'bring', 'logramos', 'logre*', 'para que', 'convenc*', 'convain*', 'pousser', 'überred*', 'überzeug*', 'dazu bringen', 'bringe',
  ],
  somebody: [
    'people', 'them', 'they', 'him', 'her', 'he', 'she', 'customers', 'users', 'clients', 'voters', 'callers', 'patients', 'grandmother', 'grandfather', 'neighbour', 'neighbor', 'neighbours', 'widow*', 'parents', 'kids', 'children', 'clerk', 'man', 'woman', 'women', 'girl*', 'boy*', 'lads', 'staff', 'newcomers', 'starters', 'partner', 'wife', 'husband', 'friend', 'friends', 'mother', 'father', 'colleague*', 'someone', 'somebody', 'street', 'residents', 'workers', 'elderly', 'old people', 'cleaners', 'tenants', 'gente', 'ancianos', 'jubilados', 'leute', 'oma', 'personnes', 'gens', 'everyone', 'valley', 'readers', 'members', 'sister', 'brother',
  ],
  yielding: [
    'eintipp*', 'change the payment', 'payment details', 'bank details', 'give up the code', 'opens the', 'open the attachment', 'click', 'clicks',
    'hand over', 'hands over', 'hand me', 'hand their', 'pay', 'pays', 'paying', 'sign', 'signs', 'signing', 'sending me', 'send me', 'sends me', 'send money', 'transfer*', 'wire', 'wires', 'reveal*', 'read it', 'type in', 'enter their', 'change their wills', 'change their will', 'spend', 'buy', 'cancel', 'cancels', 'believe', 'believes', 'doubt*', 'panic*', 'stay at home', 'stay away', 'stays away', 'not vote', 'voting', 'convinced', 'agree', 'agrees', 'give up', 'gives up', 'quit', 'quits', 'stops', 'stop calling', 'stop seeing', 'move in', 'meet', 'invest', 'login', 'pin', 'salaries', 'thinks', 'think', 'drop their', 'does not need', 'hurt', 'den', 'dé', 'pasen', 'pague*', 'überweis*', 'glaub*', 'unterschreib*', 'croie*', 'donne*', 'signe*',
  ],
  frail: [
    'elderly', 'old people', 'old man', 'old woman', 'old lady', 'pensioner*', 'retiree*', 'retired', 'seniors', 'widow*', 'lonely', 'grandmother', 'grandfather', 'granny', 'gran', 'grandma', 'children', 'child', 'pupils', 'kids', 'teenager*', 'ten year old', 'care home', 'dementia', 'confused', 'vulnerable', 'refugees', 'migrants', 'immigra*', 'visas', 'poor', 'disabled', 'debtor*', 'tourists', 'grieving', 'bereaved', 'addict*', 'unemployed', 'women abroad', 'over eighty', 'jubilad*', 'ancian*', 'rentner*', 'senioren', 'oma', 'opa', 'retraité*', 'personnes âgées', 'inmigrante*',
  ],
  valuables: [
    'password*', 'passwort*', 'contraseña*', 'mot de passe', 'pin', 'card', 'bank login', 'login', 'code', 'savings', 'money', 'pension', 'inheritance', 'wills', 'will', 'account', 'accounts', 'ahorros', 'cuenta', 'geld', 'ersparnisse', 'argent', 'économies', 'loan', 'power of attorney', 'cash', 'credit card', 'konto',
  ],
  // Setting groups of people apart.
  group: [
    'engineers', 'old people', 'older people', 'past fifty*', 'over 50', 'over 55', 'benefits', 'depression', 'depressed', 'dark skin', 'africa', 'african', 'islam', 'gay couples', 'couples', 'christian*', 'hindu*', 'buddhist*', 'mosque', 'synagogue', 'ukrain*', 'polish', 'chinese', 'indian*', 'mexican*', 'jewish', 'background', 'herkunft', 'nationalität*', 'single mothers', 'mental illness', 'overweight', 'fat', 'blind', 'deaf', 'alevi', 'gitanos', 'girls', 'men', 'boys', 'teenage', 'poor families', 'neighbourhood', 'neighborhood', 'neighbourhoods', 'barrios', 'barrio', 'postcode',
    'akzent', 'accent', 'migrationshintergrund', 'roma families', 'kopftuch', 'headscarf', 'schwul*', 'lesbisch*', 'arab', 'arabs', 'polish', 'turkish',
    'nationalit*', 'race', 'racial', 'ethnic*', 'religio*', 'muslim*', 'jew*', 'jews', 'roma', 'gyps*', 'black', 'asian', 'african*', 'foreign', 'foreigner*', 'surname*', 'gay', 'lesbian*', 'homosexual*', 'transgender', 'women', 'woman', 'female', 'mothers', 'pregnan*', 'disab*', 'accent', 'accents', 'dialect*', 'immigra*', 'migrant*', 'refugee*', 'over fifty', 'over forty', 'over sixty', 'older applicants', 'skin', 'sexual orientation', 'stammer*', 'wheelchair', 'autis*', 'union members', 'belief*',
    'türkisch*', 'ausländ*', 'arabisch*', 'muslimisch*', 'jüdisch*', 'frauen', 'behindert*', 'extranjer*', 'inmigrante*', 'gitan*', 'musulman*', 'étranger*', 'handicap*', 'fauteuil', 'arabe*', 'noirs', 'femmes enceintes',
  ],
  setting_apart: [
    'can t', 'cannot think', 'simply can t', 'as fact', 'plain fact', 'belong in', 'not belong', 'lies', 'don t love', 'slow down', 'useless', 'compared with animals', 'animals', 'jokes', 'one liners', 'chant', 'sting', 'stiehlt', 'trinkt', 'faul', 'kriminell', 'rechacen', 'rechaz*', 'rechazar', 'rejected', 'rejection', 'less credit', 'surcharge', 'sort out everybody', 'extra fee', 'higher premium', 'spot them', 'shame', 'teasing', 'paternali*', 'naturally', 'by nature', 'mistrust', 'verdächtig sind', 'paresseux', 'voleurs', 'perezosos', 'ladrones', 'folgsam',
    'niedriger', 'lower', 'wait longer', 'wartet länger', 'less pain', 'only as', 'schlechter', 'benachteilig*', 'moins bien', 'peor', 'behind others', 'last in line', 'out of the flat', 'not rent', 'not hire',
    'reject*', 'exclud*', 'filter out', 'screen out', 'weed out', 'put off', 'keep out', 'keep away', 'never get', 'to the bottom', 'the bottom', 'marked down', 'score* lower', 'rank* lower', 'turn away', 'turn down', 'don t want', 'do not want', 'not want', 'driven out', 'drive out', 'kick* out', 'throw* out', 'no place', 'steal', 'thieves', 'thief', 'criminals', 'lazy', 'stupid', 'dirty', 'inferior', 'plague', 'plaga', 'vermin', 'dangerous', 'wreck', 'dead weight', 'poids mort', 'mock', 'mocks', 'mocking', 'laugh*', 'sort visitors', 'sort', 'longer sentence', 'less intelligent', 'pay less', 'paid less', 'charge more', 'refuse service', 'not at all', 'meaner', 'ridicul*', 'echar', 'excluir', 'no vend*', 'keine bewerber*', 'nicht nehmen', 'ausschließ*', 'aussortier*', 'exclure', 'refuser', 'rie de', 'se moquer', 'dehors',
  ],
  guessing: [
    'guesses', 'guess', 'put a name', 'name to each', 'from the way', 'from his face', 'from her face', 'by his face', 'reads', 'trustworthiness', 'grade', 'from their', 'who will', 'will start', 'likely to', 'deduce', 'derive',
    'work out', 'likely', 'probab*', 'sort', 'predict*', 'tell from', 'can tell', 'guess', 'which of my', 'which of these', 'who of', 'who of my', 'who is', 'who are', 'is she', 'is he', 'was she', 'go by', 'weights', 'signs in', 'spots these', 'reads each', 'infer*', 'detect*', 'treated for', 'what was', 'name any stranger', 'list with names', 'names in a table', 'by their faces', 'score', 'rank',
  ],
  intimate: [
    'illness*', 'guessed illness', 'mood', 'marchers', 'demonstrators', 'face', 'criminal', 'stealing', 'sect', 'political views', 'politics', 'orientation', 'beliefs', 'boredom', 'emotional',
    'gay', 'lesbian', 'sexual orientation', 'pregnan*', 'antidepressant*', 'who drinks', 'psychiatric', 'mental*', 'religion', 'become criminals', 'dementia', 'hiv', 'abortion*', 'diagnos*', 'therapy', 'treated for', 'miscarriage', 'feelings', 'face', 'faces', 'union', 'treatment', 'medical',
  ],
  // Looking into somebody's life.
  spying: [
    'live', 'film', 'filming', 'transcri*',
    'read', 'reading', 'look at', 'see', 'check', 'monitor*', 'track', 'tracks', 'tracker', 'tracking', 'follow', 'following', 'record', 'recording', 'listen in', 'listening', 'get into', 'spy', 'clone', 'unlock', 'bug', 'camera', 'cameras', 'copy', 'intercept*', 'watch', 'access', 'überwach*', 'mitles*', 'orten', 'abhör*', 'lesen', 'espiar', 'leer', 'rastrear', 'vigilar', 'surveiller', 'espionner', 'lire', 'suivre',
  ],
  other: [
    'wife', 'wife s', 'husband', 'girlfriend', 'boyfriend', 'ex', 'partner', 'employee*', 'colleague*', 'neighbour*', 'neighbor*', 'roommate', 'flatmate', 'tenant*', 'her', 'his', 'their', 'daughter', 'son', 'sister', 'brother', 'lodger', 'nanny', 'babysitter', 'coworker', 'staff', 'worker*', 'boss', 'rival', 'freundin', 'freund', 'frau', 'mann', 'kollege*', 'kollegin', 'mujer', 'novia', 'novio', 'marido', 'esposa', 'femme', 'mari', 'copine', 'copain', 'employé*', 'journalist*', 'she', 'stranger*',
  ],
  device: [
    'phone', 'messages', 'message', 'chat', 'chats', 'mail', 'mails', 'emails', 'inbox', 'whatsapp', 'location', 'car', 'laptop', 'computer', 'calls', 'diary', 'room', 'browser', 'photos', 'account', 'bathroom', 'handy', 'nachrichten', 'teléfono', 'móvil', 'mensajes', 'téléphone', 'portable',
  ],
  locating: [
    'where she lives', 'where he lives', 'where they live', 'where she is', 'where she works', 'where he works', 'where she moved', 'wherever she', 'wherever he', 'which shelter', 'home address', 'find out where', 'find out who', 'who it was', 'who reported', 'who wrote', 'identity of', 'name any stranger', 'unmask', 'dossier', 'blocked me', 'learn which', 'every face', 'her new address', 'his new address', 'hiding from me', 'dónde vive', 'où habite', 'où elle habite', 'wo sie wohnt', 'wo er wohnt', 'wer uns gemeldet', 'her new flat',
  ],
  // Frightening, hurting, and wearing down.
  threat: [
    'begs', 'fear', 'frightened', 'twist', 'pressure point*', 'under stress', 'weak spot*', 'leverage', 'moves out', 
    'threat', 'threats', 'threaten*', 'blackmail*', 'or else', 'unless he', 'unless she', 'unless they', 'something may happen', 'something might happen', 'will regret', 'scare', 'scared', 'scares', 'frighten', 'frightens', 'intimidat*', 'humiliat*', 'bully', 'bullying', 'meaner', 'life miserable', 'life hell', 'life a misery', 'stops showing up', 'driven out', 'retaliat*', 'revenge', 'punish', 'smear*', 'report their famil*', 'report them to immigration', 'doubting her', 'doubting his', 'doubt her own', 'isolat*', 'cut off from', 'hurt', 'hurting', 'go to his wife', 'go to her husband', 'afraid', 'ruin', 'destroy', 'get even', 'teach her a lesson', 'teach him a lesson', 'keep their passports', 'keeps their passports', 'take their passports', 'drohen', 'droh*', 'einschüchter*', 'fertigmach*', 'amenaz*', 'humill*', 'menac*', 'intimid*', 'plague', 'plaga',
  ],
  bare_harm: [
    'working ransomware', 'celebrates the attack', 'no permission for this', 'i have no permission', 'not an approved', 'without being asked',
    'nude picture', 'nude pictures', 'deepfake*', 'undress*', 'our movement', 'our cell', 'join our cell', 'martyr*', 'hurt the people', 'burn down', 'attack on', 'launder*', 'geldwäsche', 'blanqueo', 'overcharge*', 'smuggl*', 'bribe', 'bribes', 'bribing', 'embezzl*',
  ],
  // Wronging somebody, in so many words.
  wronging: [
    'rob', 'robbing', 'mug', 'hijack*', 'sabotag*', 'vandal*', 'damage', 'damaging', 'tarnish*', 'blame', 'blaming', 'frame', 'framing', 'bug', 'burgl*', 'break in', 'break into', 'knock out', 'poison*', 'contaminat*', 'troll', 'trolling', 'cyberbull*', 'harass*', 'stalk*', 'bully', 'assault*', 'attack', 'steal', 'stealing', 'steals', 'stolen items', 'swindl*', 'scam', 'scamming', 'defraud*', 'extort*', 'kidnap*', 'torture', 'annoy', 'insult', 'insulting', 'discredit*', 'slander*', 'defam*', 'manipulat*', 'exploit', 'exploiting', 'spread misinformation', 'spread disinformation', 'mass panic', 'hack', 'hacking', 'hack into', 'take someone', 'take somebody', 'live in someone', 'ambush', 'betray', 'undermin*', 'destabili*', 'provoke', 'incite', 'inciting', 'stir up hatred', 'radicali*', 'recruit lonely', 'cheat', 'rip off', 'evict*', 'starve', 'drug', 'spike', 'choke', 'set fire',
    'ausrauben', 'bestehlen', 'betrügen', 'schikanier*', 'mobben', 'stalken', 'sabotier*', 'estafar', 'robar', 'acosar', 'engañar', 'sabotear', 'arnaquer', 'harceler', 'voler', 'tromper', 'saboter',
  ],
  crime: ['hitman', 'without paying', 'illegally', 'crime that i', 'new identity', 'faking my death', 'without getting in trouble', 'without getting caught', 'get away with', 'stolen items', 'stolen goods', 'on the black market', 'dark web', 'break someone out', 'money mule*', 'ponzi', 'pump and dump', 'sin que me pillen', 'ohne erwischt', 'sans me faire prendre'],
  wanting: [
    'best way', 'easiest way', 'best ways', 'good way', 'ways to', 'ways that', 'how can i', 'how do i', 'how can we', 'how do we', 'how could i', 'how would i', 'how to', 'how should i', 'how should we', 'i want', 'we want', 'i need', 'we need', 'help me', 'help us', 'give me', 'write', 'draft', 'make', 'create', 'plan', 'design', 'tell me', 'find me', 'show me', 'teach me', 'suggest', 'get me', 'compose', 'craft', 'generate', 'word', 'prepare', 'produce', 'schreib*', 'erstell*', 'wie kann', 'wie komme', 'escribe', 'redacta', 'cómo puedo', 'necesito', 'écris', 'rédige', 'comment',
  ],
  // Tampering with a machine that others rely on.
  tampering: [
    'spreads itself', 'spread itself', 'forward the same', 'copies itself', 'runs as soon as', 'sends me their', 'session', 'their session', 'turn the labels', 'flip the labels', 'mislabel*', 'for the crawlers', 'so that chatbots', 'learn to', 'keeps answering', 'ruin them',
    'poison*', 'tamper*', 'plant', 'planting', 'inject', 'injects', 'injecting', 'slip into', 'slip in', 'smuggle', 'hidden text', 'invisible text', 'white text', 'hidden instruction*', 'hidden sentence', 'hidden line', 'hidden command*', 'trigger', 'trigger phrase', 'trigger word', 'backdoor*', 'flood', 'flooding', 'overload*', 'burn through', 'run up', 'exhaust', 'extract', 'extracting', 'clone', 'cloning', 'steal', 'jailbreak*', 'malicious', 'exploit*', 'hijack*', 'crash', 'take down', 'brute', 'exfiltrat*', 'leak', 'leaks', 'typosquat*', 'lookalike package', 'fool', 'fools', 'misclassif*', 'evade', 'evades', 'slow to a crawl', 'take over', 'forwards', 'obey', 'obeys', 'ignore its', 'drop its', 'reveal its', 'give up its', 'spill',
    'vergift*', 'einschleus*', 'manipulier*', 'envenen*', 'inyect*', 'empoisonn*', 'injecter',
  ],
  system: [
    'crawlers', 'chatbots', 'mail assistant', 'address book', 'profile text', 'labels', 'labelling', 'forum posts', 'quality control', 'detection', 'form', 'app',
    'model', 'model s', 'models', 'training data', 'training set', 'dataset', 'bot', 'chatbot', 'assistant', 'ai', 'classifier', 'spam filter', 'crawler', 'package', 'packages', 'repository', 'their api', 'api', 'index', 'knowledge base', 'wiki', 'agent', 'agents', 'detector', 'scanner', 'system prompt', 'weights', 'recommender', 'search results', 'cv', 'screening', 'server', 'servers', 'website', 'account', 'network', 'router', 'plugin', 'extension', 'face recognition', 'camera', 'competitor', 'competitor s', 'modell', 'modelo', 'modèle', 'web page', 'page', 'mailbox', 'inbox', 'pipeline', 'document', 'calendar invite',
  ],
  // Giving away who somebody is, or what belongs to an employer or an author.
  exposing: [
    'who that is', 'where they live', 'where she lives', 'where he lives', 'tell me which one', 'which of them', 'took part', 'which of these', 'wer das geschrieben', 'from your training data', 'home number', 'real names', 'whose handwriting',
    're identify', 'reidentif*', 'deanonymi*', 'de anonymi*', 'unmask*', 'who wrote', 'who is behind', 'who is this', 'who she is', 'who he is', 'who they are', 'whose', 'which street', 'where this was taken', 'where was this', 'was taken', 'narrow down', 'put a name', 'put names', 'home address', 'match the', 'match them', 'link the', 'link them', 'real name', 'full name', 'private number', 'private address', 'address of', 'dox*', 'piece together', 'everything about', 'all you can find', 'identify the', 'identif*', 'guess the', 'guess which', 'trace the',
    'wer dahinter', 'wo sie wohnt', 'klarname*', 'quién es', 'dirección de', 'adresse de', 'qui a écrit',
  ],
  exposed: ['someone', 'somebody', 'names', 'participants', 'participant', 'sister in law', 'restaurant', 'review', 'posts', 'study', 'numbers', 'anonymous*', 'pseudonym*', 'survey', 'reviewer*', 'whistleblow*', 'stranger*', 'woman', 'man', 'girl', 'photo', 'photos', 'picture', 'neighbour*', 'neighbor*', 'colleague*', 'classmate*', 'journalist*', 'celebrity', 'actress', 'singer', 'influencer', 'patient', 'patients', 'employee*', 'customer*', 'her', 'him', 'donor*', 'user', 'users', 'blogger', 'witness*', 'tenant*', 'teacher', 'judge', 'ex', 'anonym*'],
  disloyal: [
    'my own drive', 'own cloud', 'personal drive', 'on my private', 'auf meinen privaten', 
    'private mail', 'private email', 'personal email', 'my private', 'usb stick', 'before i leave', 'before i quit', 'my new employer', 'my next employer', 'a competitor', 'with me when i leave', 'colleague s login', 'colleague s password', 'colleague s account', 'someone else s login', 'his login', 'her login', 'delete the logs', 'wipe the logs', 'clear the logs', 'mine coins', 'mining coins', 'keygen', 'cracked version', 'crack the licen*', 'turn off logging', 'switch off logging', 'personal dropbox', 'shadow copy', 'leave a way in', 'way back in', 'keep access', 'without a review', 'without review', 'straight to production', 'without telling it', 'past the firewall', 'privat* mail', 'ohne dass die it',
  ],
  belongings: ['folder', 'records', 'customer folder', 'e mails', 'emails', 'customer list', 'customer database', 'client list', 'source code', 'price list', 'the database', 'logs', 'log', 'plans', 'files', 'the code', 'recordings', 'documents', 'contacts', 'designs', 'data', 'backup*', 'servers', 'production', 'login', 'licence*', 'license*', 'kundenliste', 'quellcode', 'lista de clientes', 'access', 'monitoring'],
  copying: ['remove the watermark', 'strip the watermark', 'without the watermark', 'full text', 'whole novel', 'whole book', 'entire book', 'entire novel', 'complete lyrics', 'all the lyrics', 'pirated', 'strip the copyright', 'copyright notice', 'sell as hers', 'sell it as', 'sell them as', 'pass it off', 'pass them off', 'signed with her name', 'signed with his name', 'in her exact style', 'in his exact style', 'knock off', 'clone of the brand', 'without paying the author', 'chapter by chapter', 'word for word'],
  works: ['novel', 'book', 'books', 'lyrics', 'song', 'songs', 'film', 'painting*', 'painter', 'artist', 'photograph*', 'author', 'brand', 'logo', 'watermark', 'textbook', 'course', 'images', 'picture', 'article*', 'newspaper', 'game'],
  // Money, trade and study.
  promising: [
    'guarantee', 'guaranteed', 'guarantees', 'certain to', 'cannot lose', 'can t lose', 'no way to lose', 'no risk', 'without risk', 'risk free', 'cure', 'cures', 'no side effects', 'double their money', 'sure to double', 'always wins', 'completely safe', '100 safe', 'heilt', 'garantiert', 'garantizad*', 'cura', 'guérit', 'garanti*', 'instead of insulin', 'never fails', 'does not need her', 'does not need his',
  ],
  pitch: [
    'copy', 'script', 'ad', 'advert', 'advertisement', 'leaflet', 'brochure', 'postcard', 'flyer', 'product page', 'sell', 'sales', 'landing page', 'newsletter', 'pitch', 'slogan', 'post', 'text', 'label', 'powder', 'tonic', 'supplement', 'fund', 'write it', 'werbetext', 'anzeige', 'anuncio', 'folleto', 'annonce', 'brochure', 'claim',
  ],
  hot_money: ['can t declare', 'cannot declare', 'not declare', 'undeclared', 'declare', 'cash deposits', 'through our books', 'split the cash', 'split up the', 'file a report', 'just under', 'clean money', 'schwarzgeld', 'dinero negro', 'filing anything'],
  unpublished: ['takeover', 'merger', 'goes public', 'not public', 'before it is public', 'block order', 'before i release', 'before the news', 'before the announcement', 'insider', 'legal team of', 'earnings before', 'results before', 'not announced'],
  trading: ['buy', 'buying', 'sell', 'position my own', 'my own account', 'shares', 'stock', 'stocks', 'options', 'trade', 'bet on', 'short'],
  never_done: ['never took place', 'never happened', 'did not happen', 'but gave', 'do not exist', 'did not do', 'not delivered', 'top rate', 'bill the insurer', 'bill the', 'charge for', 'charged for', 'we charge', 'i set fire', 'claim it was stolen', 'was stolen actually', 'overtime'],
  coursework: ['essay', 'thesis', 'dissertation', 'homework', 'coursework', 'assignment', 'term paper', 'exam', 'hausarbeit', 'bachelorarbeit', 'seminararbeit', 'tarea', 'ensayo', 'trabajo de fin', 'dissertation', 'mémoire', 'devoir'],
  passing_off: ['hand it in', 'hand in as', 'submit it as', 'as my own', 'as mine', 'gebe sie', 'gebe ich', 'turnitin', 'plagiarism', 'write the whole', 'complete essay', 'komplett', 'so my professor', 'so my teacher', 'take it for me', 'sit the exam', 'entregar como', 'rendre comme', 'as though i', 'as if i'],
  own_age: ['i m 12', 'i m 13', 'i m 14', 'i m 15', 'i m 16', 'i m 17', 'i am 12', 'i am 13', 'i am 14', 'i am 15', 'i am 16', 'i am 17', 'i am thirteen', 'i am fourteen', 'i am fifteen', 'i am sixteen', 'i am seventeen', 'i m fifteen', 'i m sixteen', 'i m seventeen', 'ich bin 15', 'ich bin 16', 'tengo 15', 'tengo 16', 'j ai 15', 'j ai 16', 'under age', 'underage'],
  adults_only: ['alcohol', 'beer', 'cider', 'wine', 'vodka', 'spirits', 'vape*', 'cigarettes', 'tobacco', 'knife', 'gambl*', 'betting', 'casino', 'tattoo', 'alkohol', 'zigaretten', 'cerveza', 'alcool', 'fireworks'],
  // Steering people by machine.
  scoring: ['points', 'point system', 'score', 'scores', 'ranking', 'rank', 'scoring', 'barème', 'points pour', 'rating', 'punktesystem', 'puntuación', 'scorecard', 'scoring rule'],
  citizens: ['citizens', 'residents', 'inhabitants', 'habitants', 'tenants', 'einwohner', 'bürger', 'vecinos', 'applicants', 'employees', 'pupils', 'agents', 'agent', 'workers', 'patients', 'cv', 'teenagers', 'famil*'],
  penalty: ['lose', 'loses', 'cut', 'cuts', 'no housing', 'plus de logement', 'sans possibilité de recours', 'no appeal', 'without appeal', 'punish*', 'barred', 'patrols', 'fired', 'dismiss*', 'never get', 'marked down', 'bottom'],
  feelings: ['feelings', 'emotion*', 'mood', 'annoyance', 'sadness', 'smile'],
  machine: ['machine', 'bot', 'phone bot', 'chatbot', 'robot', 'an ai'],
  denying: ['you are human', 'it is human', 'a human being', 'it is a person', 'is a person', 'real person', 'tell callers', 'pass as human', 'as a human', 'laughs', 'says it is', 'claims to be', 'convinced otherwise', 'deny', 'denies', 'pretends', 'insists', 'reviewed by', 'case officer'],
  harvesting: ['crawl*', 'scrap*', 'harvest*', 'collect', 'database', 'sell', 'selling', 'hand over', 'handing them over', 'keep everything', 'pass on', 'hoard'],
  people_data: ['face', 'faces', 'profiles', 'phone numbers', 'email addresses', 'health data', 'customer data', 'personal data', 'patient', 'patientenakten', 'records', 'addresses', 'fotos', 'photos', 'deletion', 'data'],
  // What speaks for a harmless purpose.
  guarding: [
    'protect*', 'prevent*', 'recogni*', 'tell whether', 'find out whether', 'know whether', 'warning signs', 'which signs', 'signs are there', 'defend', 'stay safe', 'get help', 'aware*', 'verify', 'be warned', 'hang up', 'stop people from', 'falling for', 'fall for', 'protected', 'report that', 'report it', 'report this', 'suspicious', 'how often should', 'take off', 'notice that part', 'what should i tell', 'what should she do', 'what do i do', 'can read my', 'what the web knows about me', 'was asked for', 'no plan for', 'drill', 'treated differently', 'people are warned', 'help children', 'how do i declare', 'who may',
    'erkenn*', 'schütz*', 'woran', 'verhinder*', 'reconoc*', 'reconozco', 'proteger*', 'me fijo', 'saber si', 'évit*', 'reconnaître', 'protég*', 'verdächtig*', 'sospechos*',
  ],
  sparing: ['without shaming', 'without hurting', 'without harming', 'without poisoning', 'without blaming', 'without insulting', 'without frightening', 'without sounding', 'without killing', 'ohne zu verletzen', 'sin herir', 'sans blesser', 'in a legal way', 'is it legal', 'humane*'],
  suffering: [
    'can read my', 'was stolen', 'was asked for', 'get help', 'happened to me', 'i have the feeling', 'i suspect', 'worried that', 'is being', 'am being', 'are being', 'has been hacked', 'was hacked', 'my friend lost', 'lost her', 'lost his', 'grieving with', 'just be there', 'charged me', 'charged the same', 'owes me an apology', 'they charged', 'was scammed', 'got scammed', 'fell for', 'mix*', 'keeps showing up', 'uninvited', 'comes to my', 'against me', 'bedroht', 'bestohlen', 'gestalkt', 'me han robado', 'me robaron', 'me acosan', 'on m a volé', 'je suis victime',
  ],
  asking_why: [
    'what is a', 'what is an', 'what is money', 'what is meant', 'what is normal', 'what does', 'what happens', 'what counts', 'what belongs', 'why', 'how does', 'how did', 'how do companies', 'how do games', 'difference between', 'history of', 'meaning', 'definition', 'define', 'legally', 'legal', 'may i', 'am i allowed', 'allowed to', 'do i have to', 'rights', 'glossary', 'lecture', 'training', 'arguments on both sides', 'arguments', 'for my exam', 'revising', 'comparison', 'examples', 'explain', 'explain to', 'from which day', 'can i put', 'whom do i', 'where do i hand', 'how are', 'how is', 'which religions',
    'was muss', 'was müssen', 'warum', 'wie lange', 'was darf', 'qué debe', 'por qué', 'pourquoi', 'quelles', 'comment fonctionne', 'comment obtenir', 'légalement',
  ],
  decent: [
    'names for', 'photographer', 'on stage', 'slugs', 'weeds', 'garden', 'pests', 'lens', 'comics', 'theatre', 'process', 'cake', 'birthday', 'poem',
    'my own', 'with permission', 'permission from', 'asked for consent', 'ask for consent', 'say no to', 'plain words', 'really understand', 'fairly', 'welcome', 'welcomes', 'considerate', 'friendly', 'polite', 'decent', 'kindly', 'neutral text', 'honest*', 'crime novel', 'my novel', 'board game', 'remembrance', 'linux', 'surprise', 'party', 'eigene*', 'mon propre', 'mi propio', 'properly', 'easy to say no', 'open day', 'with our permission', 'have fun', 'in my own words', 'myself', 'he treats', 'treats him well', 'disclose it', 'do not lie', 'do the right thing',
  ],
  // Subjects at which a wary model hesitates, whatever is asked.
  sensitive: [
    'vaccine', 'jabs', 'antidepress*', 'medicine', 'medicat*', 'prescription', 'pills', 'doctor', 'hospital', 'suicide', 'cannabis', 'weapon*', 'password*', 'api key', 'prompt injection', 'sql', 'hack*', 'ransomware', 'bomb*', 'murder*', 'die', 'dead', 'death', 'poison*', 'scam*', 'fraud*', 'bank', 'tax', 'shares', 'police', 'ex', 'religion', 'muslims', 'nude', 'consent', 'personal data', 'gay', 'fake', 'falsas', 'bribed', 'laundering', 'insider', 'front running', 'redlining', 'surveillance', 'phishing', 'plagiarism', 'guaranteed', 'chemicals', 'cleaners', 'strangers', 'drunk', 'beer', 'wine', 'visage', 'risques', 'chirurgien', 'legal*', 'voters', 'social scoring', 'emotion*', 'tampered', 'child*', 'kill', 'rückruf', 'formular*', 'union', 'blood', 'thieves', 'broken', 'hang', 'stranger', 'execute*', 'ejecutado', 'ibuprofen', 'escape', 'vorurteil*', 'stolen', 'falsch*', 'location',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A group of words that mean the same to intent-rules.ts. */
export type IntentGroup = keyof typeof intentWords;
