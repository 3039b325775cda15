pragma journal_mode=wal;
pragma synchronous=normal;
create table ev(id integer primary key, time text, source text, kind text, actor text, text text);
create index ev_time on ev(time);
create virtual table f using fts5(text, content=ev, content_rowid=id);
.mode csv
.import --skip 1 events.csv ev
insert into f(f) values('rebuild');
