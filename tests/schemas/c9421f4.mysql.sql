CREATE TABLE zongji_migrations (
	version INTEGER NOT NULL COMMENT 'number of the change', 
	name VARCHAR(200) NOT NULL COMMENT 'what it changed', 
	program VARCHAR(80) NOT NULL COMMENT 'version of zongji that made it', 
	applied VARCHAR(40) NOT NULL COMMENT 'when, ISO 8601, UTC', 
	digest VARCHAR(40) COMMENT 'of the tables and views, as they were made last', 
	PRIMARY KEY (version)
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='The changes of these tables, in the order in which they were made' COLLATE utf8mb4_bin
;;
CREATE TABLE runs (
	id BIGINT NOT NULL COMMENT 'number of the run' AUTO_INCREMENT, 
	program VARCHAR(80) NOT NULL COMMENT 'version of zongji', 
	options LONGTEXT NOT NULL COMMENT 'what it was asked to do, as JSON', 
	host LONGTEXT NOT NULL COMMENT 'the machine', 
	process BIGINT NOT NULL COMMENT 'the process on it', 
	started VARCHAR(40) NOT NULL COMMENT 'begin', 
	finished VARCHAR(40) COMMENT 'end; null while it runs, or if it was killed', 
	state VARCHAR(40) NOT NULL COMMENT 'running, done or stopped; a killed run stays running', 
	files BIGINT NOT NULL COMMENT 'files that it was to look at; each is one of the next six, down to kept', 
	unchanged BIGINT NOT NULL COMMENT 'files that were done before', 
	`read` BIGINT NOT NULL COMMENT 'files that it read', 
	failed_before BIGINT COMMENT 'files that failed before and have not changed since', 
	same_content BIGINT COMMENT 'files whose content was read at another path', 
	moved BIGINT COMMENT 'files that lay at another path before', 
	kept BIGINT COMMENT 'changed files whose records were kept: --on-exists skip', 
	failed BIGINT COMMENT 'files read that failed or lost a part', 
	back BIGINT COMMENT 'files that had been gone', 
	gone BIGINT COMMENT 'known files that are not there any more', 
	left_out BIGINT COMMENT 'entries of folders that it left out', 
	PRIMARY KEY (id)
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='One zongji import a row' COLLATE utf8mb4_bin
;;
CREATE TABLE files (
	sha256 VARCHAR(80) NOT NULL COMMENT 'SHA-256 of the bytes; of the path, with path: before it, if unreadable', 
	program VARCHAR(80) NOT NULL COMMENT 'version of zongji', 
	state VARCHAR(40) NOT NULL COMMENT 'pending started success partial failed timeout crashed skipped', 
	reason LONGTEXT COMMENT 'why it is in this state', 
	format VARCHAR(40) COMMENT 'what it was read as', 
	encoding VARCHAR(40) COMMENT 'the encoding its bytes were read in', 
	bytes BIGINT NOT NULL COMMENT 'size of the file', 
	documents BIGINT NOT NULL COMMENT 'documents found', 
	sections BIGINT NOT NULL COMMENT 'sections found', 
	activities BIGINT NOT NULL COMMENT 'activities found', 
	figures BIGINT NOT NULL COMMENT 'figures found', 
	warnings BIGINT NOT NULL COMMENT 'warnings given', 
	milliseconds BIGINT NOT NULL COMMENT 'time that reading it took', 
	run BIGINT NOT NULL COMMENT 'runs.id of the run that last touched it', 
	updated VARCHAR(40) NOT NULL COMMENT 'when that was', 
	PRIMARY KEY (sha256, program)
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='The ledger: what became of each file content, by version of the program' COLLATE utf8mb4_bin
;;
CREATE INDEX files_by_state ON files (state)
;;
CREATE TABLE sources (
	path_key VARCHAR(80) NOT NULL COMMENT 'SHA-256 of the absolute path', 
	path LONGTEXT NOT NULL COMMENT 'the absolute path', 
	sha256 VARCHAR(80) NOT NULL COMMENT 'SHA-256 of the file''s bytes', 
	bytes BIGINT NOT NULL COMMENT 'size when it was read; -1 if it could not be', 
	modified BIGINT NOT NULL COMMENT 'time of change in nanoseconds when it was read', 
	run BIGINT NOT NULL COMMENT 'runs.id of the run that read it', 
	gone VARCHAR(40) COMMENT 'when an import found that no file is there any more; null while one is', 
	PRIMARY KEY (path_key)
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='Where each file content lies: two paths with the same bytes are two sources of one document' COLLATE utf8mb4_bin
;;
CREATE INDEX sources_by_sha256 ON sources (sha256)
;;
CREATE TABLE warnings (
	sha256 VARCHAR(80) NOT NULL COMMENT 'SHA-256 of the file''s bytes', 
	`position` BIGINT NOT NULL COMMENT 'number of the warning in its file, from 0', 
	document_id VARCHAR(80) COMMENT 'documents.id; null where it is about the file as a whole', 
	code VARCHAR(40) NOT NULL COMMENT 'undecodable-bytes, damaged-text, no-figures …', 
	message LONGTEXT NOT NULL COMMENT 'for people', 
	start BIGINT NOT NULL COMMENT 'first character, in code points of the decoded source text', 
	end BIGINT NOT NULL COMMENT 'the character behind the last one, in code points of the decoded source text', 
	PRIMARY KEY (sha256, `position`)
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='What a reader should know about how a file was read' COLLATE utf8mb4_bin
;;
CREATE INDEX warnings_by_code ON warnings (code)
;;
CREATE INDEX warnings_by_document_id ON warnings (document_id)
;;
CREATE TABLE corrections (
	number BIGINT NOT NULL COMMENT 'counted up by the database' AUTO_INCREMENT, 
	sha256 VARCHAR(80) NOT NULL COMMENT 'SHA-256 of the file''s bytes', 
	member LONGTEXT COMMENT 'path inside the archive that the document came in', 
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that it stands in, as of the last import', 
	figure VARCHAR(80) COMMENT 'figures.id as of the last import; null where it is about the document', 
	section VARCHAR(80) COMMENT 'sections.id as of the last import, where it is about a section', 
	action VARCHAR(40) NOT NULL COMMENT 'accept, change, reject, add; relabel a section; complete: document read through', 
	start BIGINT NOT NULL COMMENT 'first character, in code points of the decoded source text', 
	end BIGINT NOT NULL COMMENT 'the character behind the last one, in code points of the decoded source text', 
	text LONGTEXT NOT NULL COMMENT 'the words of the figure', 
	quote LONGTEXT NOT NULL COMMENT 'the restored sentence, by which it is found again where offsets changed', 
	`before` LONGTEXT COMMENT 'the record as it was extracted, as JSON; null for what was not', 
	after LONGTEXT COMMENT 'the record as it should be, as JSON; null for what is no figure', 
	author LONGTEXT NOT NULL COMMENT 'who', 
	made VARCHAR(40) NOT NULL COMMENT 'when', 
	undone VARCHAR(40) COMMENT 'when it was taken back; null while it holds', 
	placed BOOL NOT NULL COMMENT 'false where the last import has no such place', 
	PRIMARY KEY (number)
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='What people said of records: they outrank every import of the same content, and are never deleted' COLLATE utf8mb4_bin
;;
CREATE INDEX corrections_by_document_id_figure ON corrections (document_id, figure)
;;
CREATE INDEX corrections_by_sha256 ON corrections (sha256)
;;
CREATE TABLE documents (
	id VARCHAR(80) NOT NULL COMMENT 'the document_id; for a member of an archive made of the archive''s digest too', 
	document_id VARCHAR(80) NOT NULL COMMENT 'the id that zongji extract gives: the same bytes have the same id anywhere', 
	sha256 VARCHAR(80) NOT NULL COMMENT 'SHA-256 of the file''s bytes', 
	program VARCHAR(80) NOT NULL COMMENT 'version of zongji that read the file', 
	member LONGTEXT COMMENT 'path inside the archive that the document came in', 
	part BIGINT NOT NULL COMMENT 'number of the document in its file, from 0', 
	format VARCHAR(40) NOT NULL COMMENT 'what the file was read as', 
	encoding VARCHAR(40) NOT NULL COMMENT 'the encoding its bytes were read in', 
	start BIGINT NOT NULL COMMENT 'first character, in code points of the decoded source text', 
	end BIGINT NOT NULL COMMENT 'the character behind the last one, in code points of the decoded source text', 
	doc_type VARCHAR(40) NOT NULL COMMENT 'plan, summary, mixed or other', 
	title LONGTEXT COMMENT 'the title line', 
	organization LONGTEXT COMMENT 'who speaks', 
	period_start VARCHAR(80) COMMENT 'first day of the period spoken of, as far as it is stated', 
	period_end VARCHAR(80) COMMENT 'last day of that period, as far as it is stated', 
	period_text LONGTEXT COMMENT 'the period in the document''s words', 
	date VARCHAR(80) COMMENT 'when it was signed or published, an ISO date as precise as stated', 
	year BIGINT COMMENT 'year of the period, else of the date', 
	year_from VARCHAR(40) COMMENT 'period or date: what the year was taken from', 
	script VARCHAR(40) NOT NULL COMMENT 'simplified or traditional', 
	characters BIGINT NOT NULL COMMENT 'length of the restored text', 
	damage_exact BIGINT NOT NULL COMMENT 'damaged places whose repair is certain', 
	damage_likely BIGINT NOT NULL COMMENT 'damaged places whose repair is likely', 
	damage_unrecovered BIGINT NOT NULL COMMENT 'damaged places that could not be repaired', 
	gone VARCHAR(40) COMMENT 'when no file had it any more; such a document is left out of sums', 
	PRIMARY KEY (id), 
	FOREIGN KEY(sha256, program) REFERENCES files (sha256, program) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='One plan or summary per row' COLLATE utf8mb4_bin
;;
CREATE INDEX documents_by_year ON documents (year)
;;
CREATE INDEX documents_by_sha256_program ON documents (sha256, program)
;;
CREATE INDEX documents_by_organization ON documents (organization(64))
;;
CREATE INDEX documents_by_gone ON documents (gone)
;;
CREATE INDEX documents_by_document_id ON documents (document_id)
;;
CREATE TABLE texts (
	number BIGINT NOT NULL COMMENT 'counted up by the database' AUTO_INCREMENT, 
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id', 
	text LONGTEXT NOT NULL COMMENT 'the restored text', 
	PRIMARY KEY (number), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='The restored text of each document' COLLATE utf8mb4_bin
;;
CREATE INDEX texts_by_document_id ON texts (document_id)
;;
CREATE TABLE evidence (
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	field VARCHAR(40) NOT NULL COMMENT 'title, organization, period or date', 
	start BIGINT COMMENT 'first character, in code points of the decoded source text', 
	end BIGINT COMMENT 'the character behind the last one, in code points of the decoded source text', 
	text LONGTEXT NOT NULL COMMENT 'the words there', 
	rule VARCHAR(80) NOT NULL COMMENT 'the rule that found it', 
	confidence DOUBLE NOT NULL COMMENT '0 to 1', 
	PRIMARY KEY (document_id, field), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='Where the title, the organization, the period and the date of each document were found' COLLATE utf8mb4_bin
;;
CREATE INDEX evidence_by_field_confidence ON evidence (field, confidence)
;;
CREATE TABLE sections (
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	id VARCHAR(80) NOT NULL COMMENT 's1, s2 … in each document', 
	parent VARCHAR(80) COMMENT 'sections.id of the section around it', 
	start BIGINT NOT NULL COMMENT 'first character, in code points of the decoded source text', 
	end BIGINT NOT NULL COMMENT 'the character behind the last one, in code points of the decoded source text', 
	level BIGINT NOT NULL COMMENT '1 is the outermost', 
	marker LONGTEXT COMMENT '一、 (二) 3．', 
	title LONGTEXT COMMENT 'the heading without its marker', 
	label VARCHAR(40) NOT NULL COMMENT 'the class: guidance, goals, tasks, achievements, problems …', 
	confidence DOUBLE NOT NULL COMMENT '0 to 1, of the label', 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, parent) REFERENCES sections (document_id, id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='A heading and what it governs, up to the next heading of its own or a higher level' COLLATE utf8mb4_bin
;;
CREATE INDEX sections_by_label ON sections (label)
;;
CREATE TABLE checks (
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	`position` BIGINT NOT NULL COMMENT 'number of the check in its document, from 0', 
	code VARCHAR(40) NOT NULL COMMENT 'sum-agrees, sum-differs, parts-exceed-total or repeated-passage', 
	figures LONGTEXT NOT NULL COMMENT 'JSON array of figures.id, the total first', 
	message LONGTEXT NOT NULL COMMENT 'for people', 
	PRIMARY KEY (document_id, `position`), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='What comparing figures or passages of one document showed' COLLATE utf8mb4_bin
;;
CREATE INDEX checks_by_code ON checks (code)
;;
CREATE TABLE signatures (
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	signature BLOB NOT NULL COMMENT 'MinHash over its 5-grams of characters', 
	figures_digest VARCHAR(80) NOT NULL COMMENT 'the same for documents that state the same figures', 
	relation VARCHAR(40) COMMENT 'original, version or copy; null until it was compared', 
	original VARCHAR(80) COMMENT 'documents.id of what it is a version or a copy of', 
	similarity DOUBLE COMMENT 'estimated share of common 5-grams with the original', 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(original) REFERENCES documents (id) ON DELETE SET NULL
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='What each document is like, and which other it is a copy or a version of' COLLATE utf8mb4_bin
;;
CREATE INDEX signatures_by_original ON signatures (original)
;;
CREATE INDEX signatures_by_relation_original ON signatures (relation, original)
;;
CREATE TABLE bands (
	band BIGINT NOT NULL COMMENT 'checksum of a sixteenth of a signature, and which one', 
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	PRIMARY KEY (band, document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='Where documents find those that are like them' COLLATE utf8mb4_bin
;;
CREATE INDEX bands_by_document_id ON bands (document_id)
;;
CREATE TABLE activities (
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	id VARCHAR(80) NOT NULL COMMENT 'a1, a2 … in each document', 
	name LONGTEXT NOT NULL COMMENT 'what it is called', 
	type VARCHAR(40) NOT NULL COMMENT 'training, lecture, publicity …', 
	start_date VARCHAR(80) COMMENT 'ISO date as precise as the document states it', 
	end_date VARCHAR(80) COMMENT 'ISO date as precise as the document states it', 
	date_text LONGTEXT COMMENT 'the date in the document''s words', 
	place LONGTEXT COMMENT 'where', 
	organizer LONGTEXT COMMENT 'who held it', 
	section VARCHAR(80) COMMENT 'sections.id of the section it stands in', 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, section) REFERENCES sections (document_id, id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='One event or programme; its figures name it in figures.activity' COLLATE utf8mb4_bin
;;
CREATE INDEX activities_by_type ON activities (type)
;;
CREATE TABLE figures (
	document_id VARCHAR(80) NOT NULL COMMENT 'documents.id of the document that this belongs to', 
	id VARCHAR(80) NOT NULL COMMENT 'f1, f2 … in each document', 
	category VARCHAR(40) NOT NULL COMMENT 'participants, sessions, materials, organizations, awards, money, rate …', 
	value DOUBLE COMMENT 'the number in full, of a range its lower end; null where it is blanked', 
	value_max DOUBLE COMMENT 'the upper end of a range', 
	bound VARCHAR(40) NOT NULL COMMENT 'exact, about, over, at_least, at_most, range or redacted', 
	unit LONGTEXT NOT NULL COMMENT 'the measure word', 
	item LONGTEXT NOT NULL COMMENT 'what is counted', 
	modality VARCHAR(40) NOT NULL COMMENT 'achieved or planned', 
	total BOOL NOT NULL COMMENT 'true where a summing cue covers a whole document, period or programme', 
	per LONGTEXT COMMENT 'the base of a per: 每个乡镇 has 乡镇', 
	text LONGTEXT NOT NULL COMMENT 'the words of the figure', 
	start BIGINT NOT NULL COMMENT 'first character, in code points of the decoded source text', 
	end BIGINT NOT NULL COMMENT 'the character behind the last one, in code points of the decoded source text', 
	page BIGINT COMMENT 'page of the original, where it has pages', 
	section VARCHAR(80) COMMENT 'sections.id of the section it stands in', 
	activity VARCHAR(80) COMMENT 'activities.id of the activity it belongs to', 
	confidence DOUBLE NOT NULL COMMENT '0 to 1', 
	quote LONGTEXT NOT NULL COMMENT 'the restored sentence', 
	original LONGTEXT COMMENT 'place in the original: line, paragraph, cell, page and box', 
	PRIMARY KEY (document_id, id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, section) REFERENCES sections (document_id, id) ON DELETE CASCADE, 
	FOREIGN KEY(document_id, activity) REFERENCES activities (document_id, id) ON DELETE CASCADE
)CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='A quantity that a document states' COLLATE utf8mb4_bin
;;
CREATE INDEX figures_by_category ON figures (category)
;;
create view originals as SELECT documents.id, documents.document_id, documents.sha256, documents.program, documents.member, documents.part, documents.format, documents.encoding, documents.start, documents.end, documents.doc_type, documents.title, documents.organization, documents.period_start, documents.period_end, documents.period_text, documents.date, documents.year, documents.year_from, documents.script, documents.characters, documents.damage_exact, documents.damage_likely, documents.damage_unrecovered, documents.gone 
FROM documents LEFT OUTER JOIN signatures ON signatures.document_id = documents.id 
WHERE (signatures.relation IS NULL OR signatures.relation != 'copy') AND documents.gone IS NULL
;;
create view figure_rows as SELECT (SELECT coalesce(min(CASE WHEN (sources.gone IS NULL) THEN sources.path END), min(sources.path)) AS coalesce_1 
FROM sources 
WHERE sources.sha256 = documents.sha256) AS path, figures.document_id, documents.title AS title, documents.organization AS organization, documents.doc_type AS doc_type, documents.period_text AS `period`, sections.title AS section, sections.label AS section_label, figures.category, figures.text, figures.value, figures.value_max, figures.bound, figures.unit, figures.item, figures.modality, figures.total, figures.per, activities.name AS activity, activities.type AS activity_type, activities.date_text AS date, activities.place AS place, activities.organizer AS organizer, figures.quote, figures.start, figures.end, figures.page, figures.original, figures.confidence, documents.year 
FROM figures INNER JOIN documents ON figures.document_id = documents.id LEFT OUTER JOIN sections ON sections.document_id = figures.document_id AND sections.id = figures.section LEFT OUTER JOIN activities ON activities.document_id = figures.document_id AND activities.id = figures.activity 
WHERE documents.gone IS NULL
;;
create view figures_by_year as SELECT originals.year, originals.organization, figures.category, figures.unit, figures.modality, count(*) AS figures, sum(CASE WHEN figures.total = 0 THEN figures.value ELSE NULL END) AS parts, sum(CASE WHEN figures.total THEN figures.value ELSE NULL END) AS totals 
FROM figures INNER JOIN originals ON figures.document_id = originals.id GROUP BY originals.year, originals.organization, figures.category, figures.unit, figures.modality
;;
create view planned_and_achieved as SELECT originals.year, originals.organization, figures.category, figures.unit, sum(CASE WHEN (figures.total = 0 AND figures.modality = 'planned') THEN figures.value ELSE NULL END) AS planned, sum(CASE WHEN (figures.total = 0 AND figures.modality = 'achieved') THEN figures.value ELSE NULL END) AS achieved 
FROM figures INNER JOIN originals ON figures.document_id = originals.id GROUP BY originals.year, originals.organization, figures.category, figures.unit
;;
create view activity_rows as SELECT activities.document_id, activities.id, activities.name, activities.type, activities.start_date, activities.end_date, activities.date_text, activities.place, activities.organizer, activities.section, documents.year, documents.organization, coalesce(max(CASE WHEN (figures.total = 1 AND figures.category = 'participants') THEN figures.value ELSE NULL END), sum(CASE WHEN (figures.total = 0 AND figures.category = 'participants') THEN figures.value ELSE NULL END)) AS participants, coalesce(max(CASE WHEN (figures.total = 1 AND figures.category = 'sessions') THEN figures.value ELSE NULL END), sum(CASE WHEN (figures.total = 0 AND figures.category = 'sessions') THEN figures.value ELSE NULL END)) AS sessions, coalesce(max(CASE WHEN (figures.total = 1 AND figures.category = 'materials') THEN figures.value ELSE NULL END), sum(CASE WHEN (figures.total = 0 AND figures.category = 'materials') THEN figures.value ELSE NULL END)) AS materials 
FROM activities INNER JOIN documents ON activities.document_id = documents.id LEFT OUTER JOIN figures ON figures.document_id = activities.document_id AND figures.activity = activities.id 
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
