package wording

// peopleWords are those who act: people and groups, and those whose acts are no fault of ours.
var peopleWords = []lexicon{
	{person, `we, i, he, she, someone, somebody, nobody, anyone, everyone, everybody, engineer, developer, admin, administrator, sysadmin,
		colleague, person, responder, on-call, oncall, sre, dba, reviewer, manager, author, employee, contractor, technician, individual,
		staff, member, maintainer, committer, contributor, lead, intern, analyst, architect, programmer, tester, owner, director,
		consultant, human, humans, guy, shift, newcomer, joiner, supervisor, commander, captain, nurse, pilot, dispatcher, deployer,
		releaser, vendor's engineer, whoever, auditor, teaching assistant, new hire, trainee, apprentice, student, freelancer, subcontractor, founder, boss, executive, volunteer, moderator,
		clerk, cashier, electrician, cleaner, product owner, scrum master, team lead, tech lead, project lead,
		keyholder, trader, ceo, on-caller, superintendent, coworker, co-worker, predecessor, facilitator, teammate, folks, release manager, database administrator, incident commander, operator,
		team member, support agent, cto, qa, who`},
	{group, `team, teams, department, squad, organisation, organization, management, operations, ops, support, company, vendor, crew, group,
		staff, devops, engineering, board, security team, us, marketing, sales, helpdesk, help desk, service desk, procurement, accounting, hr, leadership,
		facilities, infra, it department, agency, partner company, sysops, secops, netops, noc, soc, dbas, sres, qa, platform team`},
	{attacker, `attacker, hacker, adversary, exploiter, exploit, malicious, intruder, attack, phisher, ddos, malware, botnet, arbitrageur,
		fraudster`},
	{harmed, `user, customer, client, request, host, site, node, pod, order, message, email, row, record, file, job, build, test, pr, ticket,
		account, tenant, project, payment, transaction, call, query, event, server, machine, device, service, region, cluster, instance,
		connection, session, page, error, failure, deployment, repository, hub, launch, visitor, player, employee, merchant, shop, store,
		person, participant, volume, block, token, dollar, euro, pound, bug, crate, package, download, website, domain, workspace,
		database, table, shard, vote, flight, passenger, patient, workflow, pipeline, upload, backup, log, metric, alert, member,
		organisation, organization, team, subscriber, app, application, runner, worker, certificate, container, image, invoice, booking,
		claim, vm, disk, login, attempt, complaint`},
	{timeUnit, `second, minute, hour, day, week, month, year, sec, secs, min, mins, hr, hrs, ms, millisecond, night, weekend, morning, afternoon`},
	{quantity, `one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty, forty, fifty, sixty, ninety,
		hundred, thousand, million, billion, dozen, hundreds, thousands, millions, dozens, half, third, quarter, two-thirds,
		couple of hundred, double, twice, triple, percent, tenfold, twofold`},
}
