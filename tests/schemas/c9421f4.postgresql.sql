CREATE TABLE zongji_migrations (
	version INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	applied VARCHAR(40) NOT NULL, 
	digest VARCHAR(40), 
	PRIMARY KEY (version)
)
;;
COMMENT ON TABLE zongji_migrations IS 'The changes of these tables, in the order in which they were made'
;;
COMMENT ON COLUMN zongji_migrations.version IS 'number of the change'
;;
COMMENT ON COLUMN zongji_migrations.name IS 'what it changed'
;;
COMMENT ON COLUMN zongji_migrations.program IS 'version of zongji that made it'
;;
COMMENT ON COLUMN zongji_migrations.applied IS 'when, ISO 8601, UTC'
;;
COMMENT ON COLUMN zongji_migrations.digest IS 'of the tables and views, as they were made last'
;;
CREATE TABLE runs (
	id BIGSERIAL NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	options TEXT NOT NULL, 
	host TEXT NOT NULL, 
	process BIGINT NOT NULL, 
	started VARCHAR(40) NOT NULL, 
	finished VARCHAR(40), 
	state VARCHAR(40) NOT NULL, 
	files BIGINT NOT NULL, 
	unchanged BIGINT NOT NULL, 
	read BIGINT NOT NULL, 
	failed_before BIGINT, 
	same_content BIGINT, 
	moved BIGINT, 
	kept BIGINT, 
	failed BIGINT, 
	back BIGINT, 
	gone BIGINT, 
	left_out BIGINT, 
	PRIMARY KEY (id)
)
;;
COMMENT ON TABLE runs IS 'One zongji import a row'
;;
COMMENT ON COLUMN runs.id IS 'number of the run'
;;
COMMENT ON COLUMN runs.program IS 'version of zongji'
;;
COMMENT ON COLUMN runs.options IS 'what it was asked to do, as JSON'
;;
COMMENT ON COLUMN runs.host IS 'the machine'
;;
COMMENT ON COLUMN runs.process IS 'the process on it'
;;
COMMENT ON COLUMN runs.started IS 'begin'
;;
COMMENT ON COLUMN runs.finished IS 'end; null while it runs, or if it was killed'
;;
COMMENT ON COLUMN runs.state IS 'running, done or stopped; a killed run stays running'
;;
COMMENT ON COLUMN runs.files IS 'files that it was to look at; each is one of the next six, down to kept'
;;
COMMENT ON COLUMN runs.unchanged IS 'files that were done before'
;;
COMMENT ON COLUMN runs.read IS 'files that it read'
;;
COMMENT ON COLUMN runs.failed_before IS 'files that failed before and have not changed since'
;;
COMMENT ON COLUMN runs.same_content IS 'files whose content was read at another path'
;;
COMMENT ON COLUMN runs.moved IS 'files that lay at another path before'
;;
COMMENT ON COLUMN runs.kept IS 'changed files whose records were kept: --on-exists skip'
;;
COMMENT ON COLUMN runs.failed IS 'files read that failed or lost a part'
;;
COMMENT ON COLUMN runs.back IS 'files that had been gone'
;;
COMMENT ON COLUMN runs.gone IS 'known files that are not there any more'
;;
COMMENT ON COLUMN runs.left_out IS 'entries of folders that it left out'
;;
CREATE TABLE files (
	sha256 VARCHAR(80) NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	reason TEXT, 
	format VARCHAR(40), 
	encoding VARCHAR(40), 
	bytes BIGINT NOT NULL, 
	documents BIGINT NOT NULL, 
	sections BIGINT NOT NULL, 
	activities BIGINT NOT NULL, 
	figures BIGINT NOT NULL, 
	warnings BIGINT NOT NULL, 
	milliseconds BIGINT NOT NULL, 
	run BIGINT NOT NULL, 
	updated VARCHAR(40) NOT NULL, 
	PRIMARY KEY (sha256, program)
)
;;
CREATE INDEX files_by_state ON files (state)
;;
COMMENT ON TABLE files IS 'The ledger: what became of each file content, by version of the program'
;;
COMMENT ON COLUMN files.sha256 IS 'SHA-256 of the bytes; of the path, with path: before it, if unreadable'
;;
COMMENT ON COLUMN files.program IS 'version of zongji'
;;
COMMENT ON COLUMN files.state IS 'pending started success partial failed timeout crashed skipped'
;;
COMMENT ON COLUMN files.reason IS 'why it is in this state'
;;
COMMENT ON COLUMN files.format IS 'what it was read as'
;;
COMMENT ON COLUMN files.encoding IS 'the encoding its bytes were read in'
;;
COMMENT ON COLUMN files.bytes IS 'size of the file'
;;
COMMENT ON COLUMN files.documents IS 'documents found'
;;
COMMENT ON COLUMN files.sections IS 'sections found'
;;
COMMENT ON COLUMN files.activities IS 'activities found'
;;
COMMENT ON COLUMN files.figures IS 'figures found'
;;
COMMENT ON COLUMN files.warnings IS 'warnings given'
;;
COMMENT ON COLUMN files.milliseconds IS 'time that reading it took'
;;
COMMENT ON COLUMN files.run IS 'runs.id of the run that last touched it'
;;
COMMENT ON COLUMN files.updated IS 'when that was'
;;
CREATE TABLE sources (
	path_key VARCHAR(80) NOT NULL, 
	path TEXT NOT NULL, 
	sha256 VARCHAR(80) NOT NULL, 
	bytes BIGINT NOT NULL, 
	modified BIGINT NOT NULL, 
	run BIGINT NOT NULL, 
	gone VARCHAR(40), 
	PRIMARY KEY (path_key)
)
;;
CREATE INDEX sources_by_sha256 ON sources (sha256)
;;
COMMENT ON TABLE sources IS 'Where each file content lies: two paths with the same bytes are two sources of one document'
;;
COMMENT ON COLUMN sources.path_key IS 'SHA-256 of the absolute path'
;;
COMMENT ON COLUMN sources.path IS 'the absolute path'
;;
COMMENT ON COLUMN sources.sha256 IS 'SHA-256 of the file''s bytes'
;;
COMMENT ON COLUMN sources.bytes IS 'size when it was read; -1 if it could not be'
;;
COMMENT ON COLUMN sources.modified IS 'time of change in nanoseconds when it was read'
;;
COMMENT ON COLUMN sources.run IS 'runs.id of the run that read it'
;;
COMMENT ON COLUMN sources.gone IS 'when an import found that no file is there any more; null while one is'
;;
CREATE TABLE warnings (
	sha256 VARCHAR(80) NOT NULL, 
	position BIGINT NOT NULL, 
	document_id VARCHAR(80), 
	code VARCHAR(40) NOT NULL, 
	message TEXT NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT NOT NULL, 
	PRIMARY KEY (sha256, position)
)
;;
CREATE INDEX warnings_by_code ON warnings (code)
;;
CREATE INDEX warnings_by_document_id ON warnings (document_id)
;;
COMMENT ON TABLE warnings IS 'What a reader should know about how a file was read'
;;
COMMENT ON COLUMN warnings.sha256 IS 'SHA-256 of the file''s bytes'
;;
COMMENT ON COLUMN warnings.position IS 'number of the warning in its file, from 0'
;;
COMMENT ON COLUMN warnings.document_id IS 'documents.id; null where it is about the file as a whole'
;;
COMMENT ON COLUMN warnings.code IS 'undecodable-bytes, damaged-text, no-figures …'
;;
COMMENT ON COLUMN warnings.message IS 'for people'
;;
COMMENT ON COLUMN warnings.start IS 'first character, in code points of the decoded source text'
;;
COMMENT ON COLUMN warnings."end" IS 'the character behind the last one, in code points of the decoded source text'
;;
CREATE TABLE corrections (
	number BIGSERIAL NOT NULL, 
	sha256 VARCHAR(80) NOT NULL, 
	member TEXT, 
	document_id VARCHAR(80) NOT NULL, 
	figure VARCHAR(80), 
	section VARCHAR(80), 
	action VARCHAR(40) NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT NOT NULL, 
	text TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	before TEXT, 
	after TEXT, 
	author TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	undone VARCHAR(40), 
	placed BOOLEAN NOT NULL, 
	PRIMARY KEY (number)
)
;;
CREATE INDEX corrections_by_document_id_figure ON corrections (document_id, figure)
;;
CREATE INDEX corrections_by_sha256 ON corrections (sha256)
;;
COMMENT ON TABLE corrections IS 'What people said of records: they outrank every import of the same content, and are never deleted'
;;
COMMENT ON COLUMN corrections.number IS 'counted up by the database'
;;
COMMENT ON COLUMN corrections.sha256 IS 'SHA-256 of the file''s bytes'
;;
COMMENT ON COLUMN corrections.member IS 'path inside the archive that the document came in'
;;
COMMENT ON COLUMN corrections.document_id IS 'documents.id of the document that it stands in, as of the last import'
;;
COMMENT ON COLUMN corrections.figure IS 'figures.id as of the last import; null where it is about the document'
;;
COMMENT ON COLUMN corrections.section IS 'sections.id as of the last import, where it is about a section'
;;
COMMENT ON COLUMN corrections.action IS 'accept, change, reject, add; relabel a section; complete: document read through'
;;
COMMENT ON COLUMN corrections.start IS 'first character, in code points of the decoded source text'
;;
COMMENT ON COLUMN corrections."end" IS 'the character behind the last one, in code points of the decoded source text'
;;
COMMENT ON COLUMN corrections.text IS 'the words of the figure'
;;
COMMENT ON COLUMN corrections.quote IS 'the restored sentence, by which it is found again where offsets changed'
;;
COMMENT ON COLUMN corrections.before IS 'the record as it was extracted, as JSON; null for what was not'
;;
COMMENT ON COLUMN corrections.after IS 'the record as it should be, as JSON; null for what is no figure'
;;
COMMENT ON COLUMN corrections.author IS 'who'
;;
COMMENT ON COLUMN corrections.made IS 'when'
;;
COMMENT ON COLUMN corrections.undone IS 'when it was taken back; null while it holds'
;;
COMMENT ON COLUMN corrections.placed IS 'false where the last import has no such place'
;;
CREATE TABLE documents (
	id VARCHAR(80) NOT NULL, 
	document_id VARCHAR(80) NOT NULL, 
	sha256 VARCHAR(80) NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	member TEXT, 
	part BIGINT NOT NULL, 
	format VARCHAR(40) NOT NULL, 
	encoding VARCHAR(40) NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT NOT NULL, 
	doc_type VARCHAR(40) NOT NULL, 
	title TEXT, 
	organization TEXT, 
	period_start VARCHAR(80), 
	period_end VARCHAR(80), 
	period_text TEXT, 
	date VARCHAR(80), 
	year BIGINT, 
	year_from VARCHAR(40), 
	script VARCHAR(40) NOT NULL, 
	characters BIGINT NOT NULL, 
	damage_exact BIGINT NOT NULL, 
	damage_likely BIGINT NOT NULL, 
	damage_unrecovered BIGINT NOT NULL, 
	gone VARCHAR(40), 
	PRIMARY KEY (id), 
	FOREIGN KEY(sha256, program) REFERENCES files (sha256, program) ON DELETE CASCADE
)
;;
CREATE INDEX documents_by_year ON documents (year)
;;
CREATE INDEX documents_by_sha256_program ON documents (sha256, program)
;;
CREATE INDEX documents_by_organization ON documents (organization)
;;
CREATE INDEX documents_by_gone ON documents (gone)
;;
CREATE INDEX documents_by_document_id ON documents (document_id)
;;
COMMENT ON TABLE documents IS 'One plan or summary per row'
;;
COMMENT ON COLUMN documents.id IS 'the document_id; for a member of an archive made of the archive''s digest too'
;;
COMMENT ON COLUMN documents.document_id IS 'the id that zongji extract gives: the same bytes have the same id anywhere'
;;
COMMENT ON COLUMN documents.sha256 IS 'SHA-256 of the file''s bytes'
;;
COMMENT ON COLUMN documents.program IS 'version of zongji that read the file'
;;
COMMENT ON COLUMN documents.member IS 'path inside the archive that the document came in'
;;
COMMENT ON COLUMN documents.part IS 'number of the document in its file, from 0'
;;
COMMENT ON COLUMN documents.format IS 'what the file was read as'
;;
COMMENT ON COLUMN documents.encoding IS 'the encoding its bytes were read in'
;;
COMMENT ON COLUMN documents.start IS 'first character, in code points of the decoded source text'
;;
COMMENT ON COLUMN documents."end" IS 'the character behind the last one, in code points of the decoded source text'
;;
COMMENT ON COLUMN documents.doc_type IS 'plan, summary, mixed or other'
;;
COMMENT ON COLUMN documents.title IS 'the title line'
;;
COMMENT ON COLUMN documents.organization IS 'who speaks'
;;
COMMENT ON COLUMN documents.period_start IS 'first day of the period spoken of, as far as it is stated'
;;
COMMENT ON COLUMN documents.period_end IS 'last day of that period, as far as it is stated'
;;
COMMENT ON COLUMN documents.period_text IS 'the period in the document''s words'
;;
COMMENT ON COLUMN documents.date IS 'when it was signed or published, an ISO date as precise as stated'
;;
COMMENT ON COLUMN documents.year IS 'year of the period, else of the date'
;;
COMMENT ON COLUMN documents.year_from IS 'period or date: what the year was taken from'
;;
COMMENT ON COLUMN documents.script IS 'simplified or traditional'
;;
COMMENT ON COLUMN documents.characters IS 'length of the restored text'
;;
COMMENT ON COLUMN documents.damage_exact IS 'damaged places whose repair is certain'
;;
COMMENT ON COLUMN documents.damage_likely IS 'damaged places whose repair is likely'
;;
COMMENT ON COLUMN documents.damage_unrecovered IS 'damaged places that could not be repaired'
;;
COMMENT ON COLUMN documents.gone IS 'when no file had it any more; such a document is left out of sums'
;;
CREATE TABLE texts (
	number BIGSERIAL NOT NULL, 
	document_id VARCHAR(80) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
;;
CREATE INDEX texts_by_document_id ON texts (document_id)
;;
COMMENT ON TABLE texts IS 'The restored text of each document'
;;
COMMENT ON COLUMN texts.number IS 'counted up by the database'
;;
COMMENT ON COLUMN texts.document_id IS 'documents.id'
;;
COMMENT ON COLUMN texts.text IS 'the restored text'
;;
CREATE TABLE evidence (
	document_id VARCHAR(80) NOT NULL, 
	field VARCHAR(40) NOT NULL, 
	start BIGINT, 
	"end" BIGINT, 
	text TEXT NOT NULL, 
	rule VARCHAR(80) NOT NULL, 
	confidence DOUBLE PRECISION NOT NULL, 
	PRIMARY KEY (document_id, field), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
;;
CREATE INDEX evidence_by_field_confidence ON evidence (field, confidence)
;;
COMMENT ON TABLE evidence IS 'Where the title, the organization, the period and the date of each document were found'
;;
COMMENT ON COLUMN evidence.document_id IS 'documents.id of the document that this belongs to'
;;
COMMENT ON COLUMN evidence.field IS 'title, organization, period or date'
;;
COMMENT ON COLUMN evidence.start IS 'first character, in code points of the decoded source text'
;;
COMMENT ON COLUMN evidence."end" IS 'the character behind the last one, in code points of the decoded source text'
;;
COMMENT ON COLUMN evidence.text IS 'the words there'
;;
COMMENT ON COLUMN evidence.rule IS 'the rule that found it'
;;
COMMENT ON COLUMN evidence.confidence IS '0 to 1'
;;
CREATE TABLE sections (
	document_id VARCHAR(80) NOT NULL, 
	id VARCHAR(80) NOT NULL, 
	parent VARCHAR(80), 
	start BIGINT NOT NULL, 
	"end" BIGINT NOT NULL, 
	level BIGINT NOT NULL, 
	marker TEXT, 
	title TEXT, 
	label VARCHAR(40) NOT NULL, 
	confidence DOUBLE PRECISION NOT NULL, 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, parent) REFERENCES sections (document_id, id) ON DELETE CASCADE
)
;;
CREATE INDEX sections_by_label ON sections (label)
;;
COMMENT ON TABLE sections IS 'A heading and what it governs, up to the next heading of its own or a higher level'
;;
COMMENT ON COLUMN sections.document_id IS 'documents.id of the document that this belongs to'
;;
COMMENT ON COLUMN sections.id IS 's1, s2 … in each document'
;;
COMMENT ON COLUMN sections.parent IS 'sections.id of the section around it'
;;
COMMENT ON COLUMN sections.start IS 'first character, in code points of the decoded source text'
;;
COMMENT ON COLUMN sections."end" IS 'the character behind the last one, in code points of the decoded source text'
;;
COMMENT ON COLUMN sections.level IS '1 is the outermost'
;;
COMMENT ON COLUMN sections.marker IS '一、 (二) 3．'
;;
COMMENT ON COLUMN sections.title IS 'the heading without its marker'
;;
COMMENT ON COLUMN sections.label IS 'the class: guidance, goals, tasks, achievements, problems …'
;;
COMMENT ON COLUMN sections.confidence IS '0 to 1, of the label'
;;
CREATE TABLE checks (
	document_id VARCHAR(80) NOT NULL, 
	position BIGINT NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	figures TEXT NOT NULL, 
	message TEXT NOT NULL, 
	PRIMARY KEY (document_id, position), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
;;
CREATE INDEX checks_by_code ON checks (code)
;;
COMMENT ON TABLE checks IS 'What comparing figures or passages of one document showed'
;;
COMMENT ON COLUMN checks.document_id IS 'documents.id of the document that this belongs to'
;;
COMMENT ON COLUMN checks.position IS 'number of the check in its document, from 0'
;;
COMMENT ON COLUMN checks.code IS 'sum-agrees, sum-differs, parts-exceed-total or repeated-passage'
;;
COMMENT ON COLUMN checks.figures IS 'JSON array of figures.id, the total first'
;;
COMMENT ON COLUMN checks.message IS 'for people'
;;
CREATE TABLE signatures (
	document_id VARCHAR(80) NOT NULL, 
	signature BYTEA NOT NULL, 
	figures_digest VARCHAR(80) NOT NULL, 
	relation VARCHAR(40), 
	original VARCHAR(80), 
	similarity DOUBLE PRECISION, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(original) REFERENCES documents (id) ON DELETE SET NULL
)
;;
CREATE INDEX signatures_by_original ON signatures (original)
;;
CREATE INDEX signatures_by_relation_original ON signatures (relation, original)
;;
COMMENT ON TABLE signatures IS 'What each document is like, and which other it is a copy or a version of'
;;
COMMENT ON COLUMN signatures.document_id IS 'documents.id of the document that this belongs to'
;;
COMMENT ON COLUMN signatures.signature IS 'MinHash over its 5-grams of characters'
;;
COMMENT ON COLUMN signatures.figures_digest IS 'the same for documents that state the same figures'
;;
COMMENT ON COLUMN signatures.relation IS 'original, version or copy; null until it was compared'
;;
COMMENT ON COLUMN signatures.original IS 'documents.id of what it is a version or a copy of'
;;
COMMENT ON COLUMN signatures.similarity IS 'estimated share of common 5-grams with the original'
;;
CREATE TABLE bands (
	band BIGINT NOT NULL, 
	document_id VARCHAR(80) NOT NULL, 
	PRIMARY KEY (band, document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
;;
CREATE INDEX bands_by_document_id ON bands (document_id)
;;
COMMENT ON TABLE bands IS 'Where documents find those that are like them'
;;
COMMENT ON COLUMN bands.band IS 'checksum of a sixteenth of a signature, and which one'
;;
COMMENT ON COLUMN bands.document_id IS 'documents.id of the document that this belongs to'
;;
CREATE TABLE activities (
	document_id VARCHAR(80) NOT NULL, 
	id VARCHAR(80) NOT NULL, 
	name TEXT NOT NULL, 
	type VARCHAR(40) NOT NULL, 
	start_date VARCHAR(80), 
	end_date VARCHAR(80), 
	date_text TEXT, 
	place TEXT, 
	organizer TEXT, 
	section VARCHAR(80), 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, section) REFERENCES sections (document_id, id) ON DELETE CASCADE
)
;;
CREATE INDEX activities_by_type ON activities (type)
;;
COMMENT ON TABLE activities IS 'One event or programme; its figures name it in figures.activity'
;;
COMMENT ON COLUMN activities.document_id IS 'documents.id of the document that this belongs to'
;;
COMMENT ON COLUMN activities.id IS 'a1, a2 … in each document'
;;
COMMENT ON COLUMN activities.name IS 'what it is called'
;;
COMMENT ON COLUMN activities.type IS 'training, lecture, publicity …'
;;
COMMENT ON COLUMN activities.start_date IS 'ISO date as precise as the document states it'
;;
COMMENT ON COLUMN activities.end_date IS 'ISO date as precise as the document states it'
;;
COMMENT ON COLUMN activities.date_text IS 'the date in the document''s words'
;;
COMMENT ON COLUMN activities.place IS 'where'
;;
COMMENT ON COLUMN activities.organizer IS 'who held it'
;;
COMMENT ON COLUMN activities.section IS 'sections.id of the section it stands in'
;;
CREATE TABLE figures (
	document_id VARCHAR(80) NOT NULL, 
	id VARCHAR(80) NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	value DOUBLE PRECISION, 
	value_max DOUBLE PRECISION, 
	bound VARCHAR(40) NOT NULL, 
	unit TEXT NOT NULL, 
	item TEXT NOT NULL, 
	modality VARCHAR(40) NOT NULL, 
	total BOOLEAN NOT NULL, 
	per TEXT, 
	text TEXT NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT NOT NULL, 
	page BIGINT, 
	section VARCHAR(80), 
	activity VARCHAR(80), 
	confidence DOUBLE PRECISION NOT NULL, 
	quote TEXT NOT NULL, 
	original TEXT, 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, section) REFERENCES sections (document_id, id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, activity) REFERENCES activities (document_id, id) ON DELETE CASCADE
)
;;
CREATE INDEX figures_by_category ON figures (category)
;;
COMMENT ON TABLE figures IS 'A quantity that a document states'
;;
COMMENT ON COLUMN figures.document_id IS 'documents.id of the document that this belongs to'
;;
COMMENT ON COLUMN figures.id IS 'f1, f2 … in each document'
;;
COMMENT ON COLUMN figures.category IS 'participants, sessions, materials, organizations, awards, money, rate …'
;;
COMMENT ON COLUMN figures.value IS 'the number in full, of a range its lower end; null where it is blanked'
;;
COMMENT ON COLUMN figures.value_max IS 'the upper end of a range'
;;
COMMENT ON COLUMN figures.bound IS 'exact, about, over, at_least, at_most, range or redacted'
;;
COMMENT ON COLUMN figures.unit IS 'the measure word'
;;
COMMENT ON COLUMN figures.item IS 'what is counted'
;;
COMMENT ON COLUMN figures.modality IS 'achieved or planned'
;;
COMMENT ON COLUMN figures.total IS 'true where a summing cue covers a whole document, period or programme'
;;
COMMENT ON COLUMN figures.per IS 'the base of a per: 每个乡镇 has 乡镇'
;;
COMMENT ON COLUMN figures.text IS 'the words of the figure'
;;
COMMENT ON COLUMN figures.start IS 'first character, in code points of the decoded source text'
;;
COMMENT ON COLUMN figures."end" IS 'the character behind the last one, in code points of the decoded source text'
;;
COMMENT ON COLUMN figures.page IS 'page of the original, where it has pages'
;;
COMMENT ON COLUMN figures.section IS 'sections.id of the section it stands in'
;;
COMMENT ON COLUMN figures.activity IS 'activities.id of the activity it belongs to'
;;
COMMENT ON COLUMN figures.confidence IS '0 to 1'
;;
COMMENT ON COLUMN figures.quote IS 'the restored sentence'
;;
COMMENT ON COLUMN figures.original IS 'place in the original: line, paragraph, cell, page and box'
;;
create table if not exists search_index (document_id varchar(80) primary key references documents (id) on delete cascade, bigrams tsvector not null)
;;
create index if not exists search_index_by_bigrams on search_index using gin (bigrams)
;;
create view originals as SELECT documents.id, documents.document_id, documents.sha256, documents.program, documents.member, documents.part, documents.format, documents.encoding, documents.start, documents."end", documents.doc_type, documents.title, documents.organization, documents.period_start, documents.period_end, documents.period_text, documents.date, documents.year, documents.year_from, documents.script, documents.characters, documents.damage_exact, documents.damage_likely, documents.damage_unrecovered, documents.gone 
FROM documents LEFT OUTER JOIN signatures ON signatures.document_id = documents.id 
WHERE (signatures.relation IS NULL OR signatures.relation != 'copy') AND documents.gone IS NULL
;;
create view figure_rows as SELECT (SELECT coalesce(min(CASE WHEN (sources.gone IS NULL) THEN sources.path END), min(sources.path)) AS coalesce_1 
FROM sources 
WHERE sources.sha256 = documents.sha256) AS path, figures.document_id, documents.title AS title, documents.organization AS organization, documents.doc_type AS doc_type, documents.period_text AS period, sections.title AS section, sections.label AS section_label, figures.category, figures.text, figures.value, figures.value_max, figures.bound, figures.unit, figures.item, figures.modality, figures.total, figures.per, activities.name AS activity, activities.type AS activity_type, activities.date_text AS date, activities.place AS place, activities.organizer AS organizer, figures.quote, figures.start, figures."end", figures.page, figures.original, figures.confidence, documents.year 
FROM figures JOIN documents ON figures.document_id = documents.id LEFT OUTER JOIN sections ON sections.document_id = figures.document_id AND sections.id = figures.section LEFT OUTER JOIN activities ON activities.document_id = figures.document_id AND activities.id = figures.activity 
WHERE documents.gone IS NULL
;;
create view figures_by_year as SELECT originals.year, originals.organization, figures.category, figures.unit, figures.modality, count(*) AS figures, sum(CASE WHEN NOT figures.total THEN figures.value ELSE NULL END) AS parts, sum(CASE WHEN figures.total THEN figures.value ELSE NULL END) AS totals 
FROM figures JOIN originals ON figures.document_id = originals.id GROUP BY originals.year, originals.organization, figures.category, figures.unit, figures.modality
;;
create view planned_and_achieved as SELECT originals.year, originals.organization, figures.category, figures.unit, sum(CASE WHEN (NOT figures.total AND figures.modality = 'planned') THEN figures.value ELSE NULL END) AS planned, sum(CASE WHEN (NOT figures.total AND figures.modality = 'achieved') THEN figures.value ELSE NULL END) AS achieved 
FROM figures JOIN originals ON figures.document_id = originals.id GROUP BY originals.year, originals.organization, figures.category, figures.unit
;;
create view activity_rows as SELECT activities.document_id, activities.id, activities.name, activities.type, activities.start_date, activities.end_date, activities.date_text, activities.place, activities.organizer, activities.section, documents.year, documents.organization, coalesce(max(CASE WHEN (figures.total AND figures.category = 'participants') THEN figures.value ELSE NULL END), sum(CASE WHEN (NOT figures.total AND figures.category = 'participants') THEN figures.value ELSE NULL END)) AS participants, coalesce(max(CASE WHEN (figures.total AND figures.category = 'sessions') THEN figures.value ELSE NULL END), sum(CASE WHEN (NOT figures.total AND figures.category = 'sessions') THEN figures.value ELSE NULL END)) AS sessions, coalesce(max(CASE WHEN (figures.total AND figures.category = 'materials') THEN figures.value ELSE NULL END), sum(CASE WHEN (NOT figures.total AND figures.category = 'materials') THEN figures.value ELSE NULL END)) AS materials 
FROM activities JOIN documents ON activities.document_id = documents.id LEFT OUTER JOIN figures ON figures.document_id = activities.document_id AND figures.activity = activities.id 
WHERE documents.gone IS NULL GROUP BY activities.document_id, activities.id, activities.name, activities.type, activities.start_date, activities.end_date, activities.date_text, activities.place, activities.organizer, activities.section, documents.year, documents.organization
;;
insert into zongji_migrations (version, name, program, applied) values (1, 'documents, records, ledger and runs', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (2, 'copies and versions', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (3, 'full text', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (4, 'corrections', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (5, 'places in originals, corrected sections, bands by checksum', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (6, 'what is gone', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (7, 'marks of copies by the set of documents', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied) values (8, 'the first originals of a band', 'old', '2026-01-01T00:00:00+00:00')
;;
insert into zongji_migrations (version, name, program, applied, digest) values (9, 'dates of documents, and where their facts were found', 'old', '2026-01-01T00:00:00+00:00', 'f8df2d372eed3ff5dd4f')
