CREATE TABLE zongji_migrations (
	version INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	applied VARCHAR(40) NOT NULL, 
	digest VARCHAR(40), 
	PRIMARY KEY (version)
)
;;
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	options TEXT NOT NULL, 
	host TEXT NOT NULL, 
	process INTEGER NOT NULL, 
	started VARCHAR(40) NOT NULL, 
	finished VARCHAR(40), 
	state VARCHAR(40) NOT NULL, 
	files INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	read INTEGER NOT NULL, 
	failed_before INTEGER, 
	same_content INTEGER, 
	moved INTEGER, 
	kept INTEGER, 
	failed INTEGER, 
	back INTEGER, 
	gone INTEGER, 
	left_out INTEGER, 
	PRIMARY KEY (id)
)
;;
CREATE TABLE files (
	sha256 VARCHAR(80) NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	reason TEXT, 
	format VARCHAR(40), 
	encoding VARCHAR(40), 
	bytes INTEGER NOT NULL, 
	documents INTEGER NOT NULL, 
	sections INTEGER NOT NULL, 
	activities INTEGER NOT NULL, 
	figures INTEGER NOT NULL, 
	warnings INTEGER NOT NULL, 
	milliseconds INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	updated VARCHAR(40) NOT NULL, 
	PRIMARY KEY (sha256, program)
)
 WITHOUT ROWID
;;
CREATE INDEX files_by_state ON files (state)
;;
CREATE TABLE sources (
	path_key VARCHAR(80) NOT NULL, 
	path TEXT NOT NULL, 
	sha256 VARCHAR(80) NOT NULL, 
	bytes INTEGER NOT NULL, 
	modified INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	gone VARCHAR(40), 
	PRIMARY KEY (path_key)
)
;;
CREATE INDEX sources_by_sha256 ON sources (sha256)
;;
CREATE TABLE warnings (
	sha256 VARCHAR(80) NOT NULL, 
	position INTEGER NOT NULL, 
	document_id VARCHAR(80), 
	code VARCHAR(40) NOT NULL, 
	message TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY (sha256, position)
)
 WITHOUT ROWID
;;
CREATE INDEX warnings_by_code ON warnings (code)
;;
CREATE INDEX warnings_by_document_id ON warnings (document_id)
;;
CREATE TABLE corrections (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	sha256 VARCHAR(80) NOT NULL, 
	member TEXT, 
	document_id VARCHAR(80) NOT NULL, 
	figure VARCHAR(80), 
	section VARCHAR(80), 
	action VARCHAR(40) NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	author TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	undone VARCHAR(40), 
	placed BOOLEAN NOT NULL
)
;;
CREATE INDEX corrections_by_document_id_figure ON corrections (document_id, figure)
;;
CREATE INDEX corrections_by_sha256 ON corrections (sha256)
;;
CREATE TABLE documents (
	id VARCHAR(80) NOT NULL, 
	document_id VARCHAR(80) NOT NULL, 
	sha256 VARCHAR(80) NOT NULL, 
	program VARCHAR(80) NOT NULL, 
	member TEXT, 
	part INTEGER NOT NULL, 
	format VARCHAR(40) NOT NULL, 
	encoding VARCHAR(40) NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	doc_type VARCHAR(40) NOT NULL, 
	title TEXT, 
	organization TEXT, 
	period_start VARCHAR(80), 
	period_end VARCHAR(80), 
	period_text TEXT, 
	date VARCHAR(80), 
	year INTEGER, 
	year_from VARCHAR(40), 
	script VARCHAR(40) NOT NULL, 
	characters INTEGER NOT NULL, 
	damage_exact INTEGER NOT NULL, 
	damage_likely INTEGER NOT NULL, 
	damage_unrecovered INTEGER NOT NULL, 
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
CREATE TABLE texts (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document_id VARCHAR(80) NOT NULL, 
	text TEXT NOT NULL, 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
;;
CREATE INDEX texts_by_document_id ON texts (document_id)
;;
CREATE TABLE evidence (
	document_id VARCHAR(80) NOT NULL, 
	field VARCHAR(40) NOT NULL, 
	start INTEGER, 
	"end" INTEGER, 
	text TEXT NOT NULL, 
	rule VARCHAR(80) NOT NULL, 
	confidence DOUBLE NOT NULL, 
	PRIMARY KEY (document_id, field), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID
;;
CREATE INDEX evidence_by_field_confidence ON evidence (field, confidence)
;;
CREATE TABLE sections (
	document_id VARCHAR(80) NOT NULL, 
	id VARCHAR(80) NOT NULL, 
	parent VARCHAR(80), 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	marker TEXT, 
	title TEXT, 
	label VARCHAR(40) NOT NULL, 
	confidence DOUBLE NOT NULL, 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, parent) REFERENCES sections (document_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID
;;
CREATE INDEX sections_by_label ON sections (label)
;;
CREATE TABLE checks (
	document_id VARCHAR(80) NOT NULL, 
	position INTEGER NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	figures TEXT NOT NULL, 
	message TEXT NOT NULL, 
	PRIMARY KEY (document_id, position), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID
;;
CREATE INDEX checks_by_code ON checks (code)
;;
CREATE TABLE signatures (
	document_id VARCHAR(80) NOT NULL, 
	signature BLOB NOT NULL, 
	figures_digest VARCHAR(80) NOT NULL, 
	relation VARCHAR(40), 
	original VARCHAR(80), 
	similarity DOUBLE, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(original) REFERENCES documents (id) ON DELETE SET NULL
)
;;
CREATE INDEX signatures_by_original ON signatures (original)
;;
CREATE INDEX signatures_by_relation_original ON signatures (relation, original)
;;
CREATE TABLE bands (
	band INTEGER NOT NULL, 
	document_id VARCHAR(80) NOT NULL, 
	PRIMARY KEY (band, document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID
;;
CREATE INDEX bands_by_document_id ON bands (document_id)
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
 WITHOUT ROWID
;;
CREATE INDEX activities_by_type ON activities (type)
;;
CREATE TABLE figures (
	document_id VARCHAR(80) NOT NULL, 
	id VARCHAR(80) NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	value DOUBLE, 
	value_max DOUBLE, 
	bound VARCHAR(40) NOT NULL, 
	unit TEXT NOT NULL, 
	item TEXT NOT NULL, 
	modality VARCHAR(40) NOT NULL, 
	total BOOLEAN NOT NULL, 
	per TEXT, 
	text TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	page INTEGER, 
	section VARCHAR(80), 
	activity VARCHAR(80), 
	confidence DOUBLE NOT NULL, 
	quote TEXT NOT NULL, 
	original TEXT, 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, section) REFERENCES sections (document_id, id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, activity) REFERENCES activities (document_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID
;;
CREATE INDEX figures_by_category ON figures (category)
;;
create virtual table if not exists search_index using fts5(bigrams, content='', detail=none, columnsize=0, tokenize='ascii')
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
create view figures_by_year as SELECT originals.year, originals.organization, figures.category, figures.unit, figures.modality, count(*) AS figures, sum(CASE WHEN figures.total = 0 THEN figures.value ELSE NULL END) AS parts, sum(CASE WHEN figures.total THEN figures.value ELSE NULL END) AS totals 
FROM figures JOIN originals ON figures.document_id = originals.id GROUP BY originals.year, originals.organization, figures.category, figures.unit, figures.modality
;;
create view planned_and_achieved as SELECT originals.year, originals.organization, figures.category, figures.unit, sum(CASE WHEN (figures.total = 0 AND figures.modality = 'planned') THEN figures.value ELSE NULL END) AS planned, sum(CASE WHEN (figures.total = 0 AND figures.modality = 'achieved') THEN figures.value ELSE NULL END) AS achieved 
FROM figures JOIN originals ON figures.document_id = originals.id GROUP BY originals.year, originals.organization, figures.category, figures.unit
;;
create view activity_rows as SELECT activities.document_id, activities.id, activities.name, activities.type, activities.start_date, activities.end_date, activities.date_text, activities.place, activities.organizer, activities.section, documents.year, documents.organization, coalesce(max(CASE WHEN (figures.total = 1 AND figures.category = 'participants') THEN figures.value ELSE NULL END), sum(CASE WHEN (figures.total = 0 AND figures.category = 'participants') THEN figures.value ELSE NULL END)) AS participants, coalesce(max(CASE WHEN (figures.total = 1 AND figures.category = 'sessions') THEN figures.value ELSE NULL END), sum(CASE WHEN (figures.total = 0 AND figures.category = 'sessions') THEN figures.value ELSE NULL END)) AS sessions, coalesce(max(CASE WHEN (figures.total = 1 AND figures.category = 'materials') THEN figures.value ELSE NULL END), sum(CASE WHEN (figures.total = 0 AND figures.category = 'materials') THEN figures.value ELSE NULL END)) AS materials 
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
