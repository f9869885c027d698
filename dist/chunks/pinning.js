const require_start = require("./start.js");
const require_job = require("./job.js");
const require_cache = require("./cache.js");
const require_check = require("./check.js");
const require_host = require("./host.js");
const require_write_lowered = require("./write-lowered.js");
const require_real_manifests = require("./real-manifests.js");
let node_path = require("node:path");
// src/pipeline/attempt.ts
/** Runs the work of one target as a task; what it throws becomes a result, so that other targets go on. */
async function attempting(target, { ports }, work) {
	const task = ports.reporter.task(target.name);
	const begun = ports.clock.now();
	try {
		return {
			kind: "done",
			value: await work({
				target,
				task
			})
		};
	} catch (error) {
		const failure = require_start.asFailure(error);
		task.fail(failure.what);
		for (const line of require_start.causeLines(failure)) ports.reporter.detail(line);
		return {
			kind: "failed",
			failure: require_start.reportedFailure(failure),
			seconds: (ports.clock.now() - begun) / 1e3
		};
	}
}
// src/pipeline/compile-args.ts
/** What the compile step's file is called before it gets its real name. */
const compiledFile = "plugin.so";
/**
* The arguments after `go` of a plugin's compile step.
*
* @param sources what the download step found; absent in a dry run, which has none
*/
function compileArgs(workspace, { builder, options, project, pinning }, sources) {
	const version = sources === void 0 || pinning.tidy ? null : require_check.ownLanguage(pinning.goMod, sources.goMod);
	const own = [...sources?.listing.packages.values() ?? []].filter(({ module }) => module?.main === true);
	return require_write_lowered.goBuildArgs({
		places: builder.places(workspace),
		modulePath: project.modulePath,
		package: project.packageArg,
		outFile: compiledFile,
		flags: options.flags,
		overlay: true,
		language: version === null ? null : {
			version,
			packages: own.map(({ importPath }) => importPath)
		}
	});
}
// src/pipeline/place.ts
/** What a target's file is called: gotify's plugin template has this suffix too. */
function pluginFileName(request) {
	return `${request.name}-${request.target}-for-gotify-${request.version}.so`;
}
/**
* Moves a finished file to the output folder. One that was not found to load goes to `rejected/` there, with its
* verdict beside it.
*/
async function placeFile(request, context) {
	const { files } = context.ports;
	const { path, verdict } = request;
	const name = fileNameOf(request.target, context);
	await files.setMode(path, 420);
	const digest = require_real_manifests.fileDigest(path, context.ports);
	const good = verdict === null || verdict.kind === "loads";
	const folder = good ? context.options.output : (0, node_path.join)(context.options.output, rejectedFolder);
	const file = (0, node_path.join)(folder, name);
	await moveInto(folder, {
		path,
		file
	}, files);
	if (!good) await files.write(`${file}.verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`);
	return {
		file,
		...digest
	};
}
/** Another target that begins now may remove the empty folder between its making and its first file. */
async function moveInto(folder, { path, file }, files) {
	for (let tries = 1;; tries += 1) {
		await files.makeDir(folder);
		try {
			return await files.move(path, file);
		} catch (error) {
			if (tries === mostTries || require_start.codeOf(error) !== "ENOENT" || await files.stat(path) === null) throw error;
		}
	}
}
const mostTries = 5;
/** Removes what earlier runs left under a target's name, so that a failed build never shows an older file. */
async function removeEarlier(target, context) {
	const { files } = context.ports;
	const name = fileNameOf(target, context);
	const rejected = (0, node_path.join)(context.options.output, rejectedFolder);
	for (const path of [
		(0, node_path.join)(context.options.output, name),
		(0, node_path.join)(rejected, name),
		(0, node_path.join)(rejected, `${name}.verdict.json`)
	]) await files.remove(path);
	await files.removeEmpty(rejected);
}
const rejectedFolder = "rejected";
function fileNameOf(target, { options, project, server }) {
	return pluginFileName({
		name: options.name ?? project.name,
		target: target.name,
		version: server.version
	});
}
// src/pipeline/build-target.ts
/** Builds and proves one target. What goes wrong becomes a line of the report, so that other targets go on. */
async function buildTarget(target, context) {
	const found = { sources: null };
	const attempt = await attempting(target, context, async (job) => {
		await removeEarlier(target, context);
		const { compiled, proof } = await compileAndProve(job, timed(context), (sources) => {
			found.sources = sources;
		});
		const verdict = require_check.worstVerdict(proof.verdicts);
		const placed = await placeFile({
			target,
			path: compiled.path,
			verdict
		}, context);
		tell(job.task, proof, compiled.seconds);
		const { seconds, sources } = compiled;
		return {
			report: {
				kind: "built",
				target: target.name,
				seconds,
				...placed,
				...proof
			},
			changes: changesOf(sources, context)
		};
	});
	if (attempt.kind === "done") return attempt.value;
	const { failure, seconds } = attempt;
	const changes = found.sources === null ? context.pinning.changes : changesOf(found.sources, context);
	return {
		report: {
			kind: "failed",
			target: target.name,
			failure,
			seconds
		},
		changes
	};
}
/** From now on the target's time runs. */
function timed(context) {
	const { builder, options, ports } = context;
	return {
		...context,
		builder: require_host.withDeadline(builder, require_host.startDeadline(options.timeoutMinutes, ports.clock))
	};
}
/** The same for the answer of one server alone: the file stays in the scratch folder. Its time runs already, see timed. */
async function tryTarget(target, context) {
	const attempt = await attempting(target, context, async (job) => {
		const { compiled, proof } = await compileAndProve(job, context);
		tell(job.task, proof, compiled.seconds);
		const [verdict] = proof.verdicts;
		if (verdict === void 0) throw new Error("a file is compared with each server of its group");
		return {
			kind: "proven",
			verdict,
			listing: compiled.sources.listing
		};
	});
	return attempt.kind === "done" ? attempt.value : attempt;
}
async function compileAndProve(job, context, onSources) {
	const compiled = await compile({
		...job,
		onSources
	}, context);
	return {
		compiled,
		proof: await require_real_manifests.prove({
			...job,
			file: compiled.path,
			sources: compiled.sources
		}, context)
	};
}
function tell(task, { verdicts }, seconds) {
	const time = `compiled in ${seconds.toFixed(1)} s`;
	const verdict = require_check.worstVerdict(verdicts);
	const those = verdicts.filter((each) => each.verdict?.kind === verdict?.kind);
	const where = verdicts.length === 1 ? "" : ` in ${those.map(({ server }) => server).join(", ")}`;
	if (verdict === null) task.done(`${time}, not verified`);
	else if (verdict.kind === "loads") task.done(`loads${where} (${String(verdict.compared)} packages compared), ${time}`);
	else if (verdict.kind === "rejected") task.fail(`will not load${where}, ${time}`);
	else task.fail(`undecided: ${verdict.because}`);
}
function changesOf({ listing, newest, goMod: left }, { options, pinning, project, server }) {
	const pinned = options.dependencies === "pin" ? server.pinList.modules : [];
	const tidied = pinning.tidy ? { go: require_job.parseModFile(left, "go.mod").go?.version ?? null } : null;
	const { changes } = pinning;
	return require_check.effectiveChanges({
		changes,
		goMod: project.goMod,
		pinned,
		listing,
		newest,
		tidied
	});
}
async function compile(job, context) {
	const sources = await checkedSources({
		...job,
		again: false
	}, context);
	const first = await compileOnce(job, sources, context);
	if (first.kind === "compiled") return first.compiled;
	if (sources.downloaded || !require_write_lowered.lacksModules(first.stderr)) throw await first.failure();
	const second = await compileOnce(job, await checkedSources({
		...job,
		again: true
	}, context), context);
	if (second.kind === "compiled") return second.compiled;
	throw await second.failure();
}
async function checkedSources(request, context) {
	const sources = await require_real_manifests.prepareSources(request, context);
	request.onSources?.(sources);
	require_check.checkListing(sources.listing, context.project);
	return sources;
}
async function compileOnce({ target, task }, sources, context) {
	const { workspace, listing } = sources;
	const { builder, project, ports } = context;
	context.compiled.add(target.name);
	const places = builder.places(workspace);
	const overlaid = require_check.loweredOverlay(context.pinning.folders, places);
	await require_host.writeApiCheck(project, {
		workspace,
		places,
		overlaid
	}, ports.files);
	const outcome = await builder.run({
		target,
		workspace,
		phase: "compile",
		args: compileArgs(workspace, context, sources),
		onLine: (line) => task.log(line)
	});
	if (outcome.kind === "timed-out") throw require_job.timedOut(outcome.minutes, "compiling");
	if (outcome.kind === "ok") return {
		kind: "compiled",
		compiled: {
			path: (0, node_path.join)(workspace.out, compiledFile),
			seconds: outcome.seconds,
			sources
		}
	};
	return {
		kind: "failed",
		stderr: outcome.stderr,
		failure: () => require_write_lowered.diagnoseCompile(outcome.stderr, {
			...require_real_manifests.diagnosis(sources, context),
			listing
		}, require_real_manifests.asking({
			target,
			workspace
		}, context))
	};
}
// src/build/docker-argv.ts
/** Every container of ours has labels with this prefix. */
const labelPrefix = "gotify-plugin-build";
const plainEngine = {
	rootless: false,
	remapsUsers: false,
	selinux: false
};
/** Where a container sees the folders of a workspace: the server's own build has its project in /proj too. */
const containerPlaces = {
	module: "/proj",
	pin: "/pin",
	out: "/out",
	replaced: (index) => `/replaced/${String(index)}`
};
const moduleCache = "/go/pkg/mod";
const buildCache = "/gocache";
const certificatesPlace = "/tmp/certificates.pem";
const goVariables = [
	"GOPROXY",
	"GOPRIVATE",
	"GONOSUMDB",
	"GONOPROXY",
	"GOSUMDB",
	"GOINSECURE"
];
const proxyVariables = [
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"FTP_PROXY",
	"NO_PROXY",
	"ALL_PROXY"
].flatMap((name) => [name, name.toLowerCase()]);
/** What the docker command itself reads to find its engine and its settings. */
const clientVariables = [
	"PATH",
	"HOME",
	"XDG_RUNTIME_DIR",
	"SSH_AUTH_SOCK",
	"DOCKER_HOST",
	"DOCKER_CONTEXT",
	"DOCKER_CONFIG",
	"DOCKER_CERT_PATH",
	"DOCKER_TLS",
	"DOCKER_TLS_VERIFY",
	"DOCKER_API_VERSION"
];
/** The environment of the docker command: what it needs itself, and in a download step what it hands on. */
function clientEnvironment(env, passedOn = []) {
	const entries = [...clientVariables, ...passedOn].flatMap((name) => {
		const value = env[name];
		return value === void 0 ? [] : [[name, value]];
	});
	return Object.fromEntries(entries);
}
/** The caller's variables that reach the download step: how modules are found, and the way to the network. */
function downloadVariables(env) {
	return [...goVariables, ...proxyVariables].filter((name) => env[name] !== void 0);
}
/**
* The image for a target: `gotify/build` as gotify/server's Makefile names it, or the user's own with `{go}` and
* `{arch}` filled in.
*
* @throws Failure (input) where the result is no image name
*/
function imageFor(request) {
	const { template, goVersion, target } = request;
	const image = (template ?? "gotify/build:{go}-linux-{arch}").replaceAll("{go}", goVersion).replaceAll("{arch}", target.name.replace(/^linux-/, ""));
	if (/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(image)) return image;
	throw new require_start.Failure("input", {
		code: "bad-image",
		what: `"${image}" is not the name of a Docker image`,
		remedy: "Give a name such as example.org/build:{go}-linux-{arch}; {go} and {arch} are filled in.",
		where: {
			kind: "input",
			input: "image"
		}
	});
}
/** The arguments of `docker` that run one step. No value of the caller's environment is among them. */
function dockerRunArgs(step) {
	return [
		...[
			"run",
			"--name",
			step.name,
			"--platform",
			"linux/amd64",
			"--pull",
			"never",
			"--log-driver",
			"none"
		],
		...labelArgs(step.labels),
		...wallArgs(step),
		...mountArgs(step),
		...environmentArgs(step),
		...[
			"--workdir",
			containerPlaces.module,
			"--entrypoint",
			"go",
			step.image,
			...step.args
		]
	];
}
/** What tells whose a container is: see ownerLabels. */
function labelArgs(labels) {
	return Object.entries(labels).flatMap(([name, value]) => ["--label", `${labelPrefix}.${name}=${value}`]);
}
function wallArgs({ phase, user, engine }) {
	const { uid, gid } = engine.rootless ? {
		uid: 0,
		gid: 0
	} : user;
	return [
		...[
			"--network",
			phase === "compile" ? "none" : "host",
			"--read-only",
			"--cap-drop",
			"ALL"
		],
		...[
			"--security-opt",
			"no-new-privileges",
			...engine.selinux ? ["--security-opt", "label=disable"] : []
		],
		...engine.remapsUsers ? ["--userns", "host"] : [],
		...["--user", `${String(uid)}:${String(gid)}`]
	];
}
function mountArgs({ phase, workspace, caches, netrc, certificates }) {
	const download = phase === "download";
	const binds = [
		{
			source: workspace.module,
			target: containerPlaces.module,
			readOnly: true
		},
		{
			source: workspace.pin,
			target: containerPlaces.pin,
			readOnly: !download
		},
		...workspace.replaced.map((source, index) => ({
			source,
			target: containerPlaces.replaced(index),
			readOnly: true
		})),
		{
			source: caches.modCache,
			target: moduleCache,
			readOnly: !download
		},
		{
			source: caches.buildCache,
			target: buildCache,
			readOnly: false
		},
		...download ? [] : [{
			source: workspace.out,
			target: containerPlaces.out,
			readOnly: false
		}],
		...download && netrc !== null ? [{
			source: netrc,
			target: "/tmp/.netrc",
			readOnly: true
		}] : [],
		...download && certificates !== null ? [{
			source: certificates,
			target: certificatesPlace,
			readOnly: true
		}] : []
	];
	return [
		...["--tmpfs", "/tmp:rw,exec,nosuid,nodev,mode=1777"],
		...download ? ["--tmpfs", "/go/pkg/sumdb:rw,nosuid,nodev,noexec,mode=1777"] : [],
		...binds.flatMap((bind) => ["--mount", bindMount(bind)])
	];
}
/** The value of `--mount`: one line of CSV, so that a path may hold commas, quotes, colons and blanks. */
function bindMount({ source, target, readOnly }) {
	return [
		"type=bind",
		`source=${source}`,
		`target=${target}`,
		...readOnly ? ["readonly"] : []
	].map(csvField).join(",");
}
function csvField(field) {
	return /[",\r\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field;
}
function environmentArgs({ phase, passedOn, certificates }) {
	const fixed = [
		"HOME=/tmp",
		"GOPATH=/go",
		`GOMODCACHE=${moduleCache}`,
		`GOCACHE=${buildCache}`,
		"GOTOOLCHAIN=local",
		"GOWORK=off",
		"GOENV=off",
		"GO111MODULE=on",
		"CGO_ENABLED=1",
		"GOFLAGS=-modcacherw",
		...phase === "compile" ? ["GOPROXY=off"] : [],
		...phase === "download" && certificates !== null ? [`SSL_CERT_FILE=${certificatesPlace}`] : []
	];
	const names = phase === "compile" ? proxyVariables : passedOn;
	return [...fixed, ...names].flatMap((entry) => ["--env", entry]);
}
// src/build/docker-failure.ts
const host = "or use the host builder (builder: host), which needs no Docker";
/** `docker` is not on this machine. */
function noDockerClient() {
	return surroundings({
		code: "no-docker-client",
		what: "there is no docker command on this machine",
		remedy: `Install Docker, ${host}.`
	});
}
/**
* What the answer of `docker info` means where it is not a usable engine's.
*
* @param said the command's error output, or the engine's own complaint
*/
function engineFailure(said) {
	const cause = causeOf(said);
	if (/permission denied/i.test(said)) return surroundings({
		code: "docker-permission",
		what: "this user may not use the Docker engine's socket",
		remedy: `Add the user to the group docker (sudo usermod -aG docker "$USER") and log in again, ${host}.`,
		cause
	});
	return surroundings({
		code: "no-docker-engine",
		what: `the Docker engine does not answer: ${firstLine(said)}`,
		remedy: `Start it (sudo systemctl start docker), or check DOCKER_HOST and DOCKER_CONTEXT, ${host}.`,
		cause
	});
}
/** The engine runs Windows containers. */
function notLinux(osType) {
	return surroundings({
		code: "docker-not-linux",
		what: `the Docker engine runs ${osType} containers, and the images are Linux`,
		remedy: `Switch Docker to Linux containers, ${host}.`
	});
}
/** The engine's machine cannot run the image's amd64 programs. */
function noEmulation(architecture, said) {
	return surroundings({
		code: "docker-no-emulation",
		what: `the build images are for amd64, and the Docker engine's machine (${architecture}) cannot run them`,
		remedy: "Use the host builder (builder: host), which needs no amd64 machine, or set up emulation (docker run --privileged --rm tonistiigi/binfmt --install amd64).",
		cause: causeOf(said)
	});
}
/** Why `docker pull` failed. */
function pullFailure(image, said) {
	const cause = causeOf(said);
	if (/toomanyrequests|rate limit|429 Too Many/i.test(said)) return surroundings({
		code: "image-rate-limited",
		what: `the registry refuses to send ${image} for now: too many pulls from this address`,
		remedy: `Log in before (docker login, or docker/login-action), wait, name a copy of the image (image), ${host}.`,
		cause
	});
	if (/manifest unknown|not found|does not exist|pull access denied|no matching manifest/i.test(said)) return surroundings({
		code: "image-not-found",
		what: `there is no image ${image} for linux/amd64, or this user may not see it`,
		remedy: `Name another image (image), ${host}.`,
		cause
	});
	if (/no space left on device/i.test(said)) return diskFull("the image", cause);
	return surroundings({
		code: "image-pull-failed",
		what: `the image ${image} could not be pulled: ${lastLine(said)}`,
		remedy: `Check the network and the registry and run it again, name another image (image), ${host}.`,
		cause
	});
}
/**
* What in the surroundings made a step fail; null where the go command itself says no.
* Exit codes: 125 is docker's own failure, 126 and 127 a program that cannot be started (docker run's reference).
*/
function stepFailure(end) {
	const said = `${end.stdout}\n${end.stderr}`;
	const cause = causeOf(end.stderr);
	const full = require_host.noSpaceLine(said);
	if (full !== null) return isTemporary.test(full) ? temporaryFull(cause) : diskFull("the build", cause);
	if (end.outOfMemory === true || end.exitCode === 137 || require_host.wasKilled(said)) return outOfMemory(cause);
	if (/exec format error/.test(end.stderr) && end.exitCode !== 1) return noEmulation("another architecture", end.stderr);
	if (end.exitCode === 126 || end.exitCode === 127) return noGo(end.image, cause);
	if (end.exitCode !== 125) return null;
	return engineGone(end.stderr) ? engineLost(cause) : dockerRefused(end, cause);
}
/** A plugin's file or folder that the unprivileged user in the container may not read; null where it is something else. */
function unreadableSource(said) {
	const path = unreadablePath(said);
	if (path === null) return null;
	return surroundings({
		code: "source-not-readable",
		what: `the container may not read ${path}: as root started the build, it runs as an unprivileged user`,
		remedy: "Make the plugin's folder readable for all (chmod -R a+rX), or start the build as the folder's owner."
	});
}
/** As the container sees it. Where Go may not even enter the module's folder, it says that there is no module. */
function unreadablePath(said) {
	if (/^go: cannot find main module, but -modfile was set\b/m.test(said)) return "/proj";
	const lines = said.split("\n").filter((line) => !/: (?:fatal )?error: |: note: |^\s*\d*\s*\|/.test(line));
	return /(\/(?:proj|replaced\/\d+)(?:\/[^\n:]*)?): permission denied/.exec(lines.join("\n"))?.[1] ?? null;
}
function engineGone(stderr) {
	return /Cannot connect to the Docker daemon|error during connect|error waiting for container|unexpected EOF/.test(stderr);
}
function engineLost(cause) {
	return surroundings({
		code: "docker-engine-lost",
		what: "the Docker engine went away during the build",
		remedy: `See why it stopped (journalctl -u docker) and run it again, ${host}.`,
		cause
	});
}
function dockerRefused(end, cause) {
	const path = /bind source path does not exist: (.*?)\.?$/m.exec(end.stderr)?.[1];
	if (path !== void 0) return surroundings({
		code: "docker-no-such-folder",
		what: `the Docker engine does not see the folder ${path}: it runs on another machine, or its socket was handed into a container`,
		remedy: `Use an engine that shares this machine's files, ${host}.`,
		cause
	});
	return surroundings({
		code: "docker-run-failed",
		what: `docker could not run ${end.image}: ${firstLine(end.stderr)}`,
		remedy: `Correct what docker complains of and run it again, ${host}.`,
		cause
	});
}
function noGo(image, cause) {
	return surroundings({
		code: "image-without-go",
		what: `the image ${image} has no go command in its PATH that can be started`,
		remedy: `Name an image that is built like gotify/build (image), ${host}.`,
		cause
	});
}
function outOfMemory(cause) {
	return surroundings({
		code: "out-of-memory",
		what: "the build was killed (exit code 137), most likely because the memory ran out",
		remedy: "Build fewer targets at once (concurrency: 1), or give the machine or the Docker engine more memory.",
		cause
	});
}
function diskFull(what, cause) {
	return surroundings({
		code: "disk-full",
		what: `there is no space left on the disk for ${what}`,
		remedy: "Free some space where cache-dir and the Docker engine keep their files (docker system df shows its part).",
		cause
	});
}
/** A path in the container's /tmp, where go's `$WORK` is too. */
const isTemporary = /(?:^|[\s:'"])(?:\/tmp\/|\$WORK\/)/;
/** The container's /tmp is a part of the memory. */
function temporaryFull(cause) {
	return surroundings({
		code: "disk-full",
		what: "there is no space left for temporary files, which the container keeps in memory",
		remedy: "Build fewer targets at once (concurrency: 1), or give the machine or the Docker engine more memory.",
		cause
	});
}
function surroundings(parts) {
	return new require_start.Failure("surroundings", parts);
}
function causeOf(said) {
	return new Error(said.trim().slice(-4e3));
}
function firstLine(said) {
	const line = said.trim().split("\n")[0] ?? "";
	return line === "" ? "it says nothing" : line.replace(/\.$/, "");
}
function lastLine(said) {
	return firstLine(said.trim().split("\n").at(-1) ?? "");
}
/**
* @param settings.answerSeconds what an engine that answers at all takes at most; usualAnswerSeconds unless given
* @param settings.signal ends what the client runs, and all that it is asked to run later; absent: nothing does
*/
function createDockerClient(runner, { env, answerSeconds = 60, signal }) {
	return {
		answerSeconds,
		docker: async (args, { seconds = answerSeconds, onLine, passedOn = [] } = {}) => {
			if (isAborted(signal)) throw require_job.stopped();
			const result = await runner.run({
				program: "docker",
				args,
				env: clientEnvironment(env, passedOn),
				limitSeconds: seconds,
				...onLine === void 0 ? {} : { onLine },
				...signal === void 0 ? {} : { signal }
			});
			if (isAborted(signal)) throw require_job.stopped();
			if (result.kind === "not-found") throw noDockerClient();
			return result;
		}
	};
}
/** Asked again after a wait: to the compiler what was looked at once does not change. */
function isAborted(signal) {
	return signal?.aborted === true;
}
const infoSchema = require_check.object({
	OSType: require_check.optional(require_check.string(), ""),
	Architecture: require_check.optional(require_check.string(), ""),
	SecurityOptions: require_check.nullish(require_check.array(require_check.string()), []),
	ServerErrors: require_check.nullish(require_check.array(require_check.string()), [])
});
/** The arguments of `docker` that ask an engine what it is. */
const infoArgs = [
	"info",
	"--format",
	"{{json .}}"
];
/** The arguments of `docker` that tell what an image is for. */
function inspectArgs(image) {
	return [
		"image",
		"inspect",
		"--format",
		"{{.Os}}/{{.Architecture}}",
		image
	];
}
/** The arguments of `docker` that fetch an image. */
function pullArgs(image) {
	return [
		"pull",
		"--platform",
		"linux/amd64",
		image
	];
}
/**
* Asks the engine what it is.
*
* @throws Failure where there is no client, no engine, no permission on its socket, or no Linux
*/
async function probeEngine(client) {
	const answer = await client.docker(infoArgs);
	if (answer.exitCode === 124) throw engineFailure(`no answer within ${String(client.answerSeconds)} seconds`);
	const info = require_check.safeParse(infoSchema, require_host.parseJson(answer.stdout));
	if (!info.success) throw engineFailure(answer.stderr.trim() || answer.stdout);
	const { OSType, Architecture, SecurityOptions, ServerErrors } = info.output;
	if (answer.exitCode !== 0 || OSType === "") throw engineFailure([answer.stderr, ...ServerErrors ?? []].join("\n"));
	if (OSType !== "linux") throw notLinux(OSType);
	const has = (name) => SecurityOptions?.some((option) => option.split(",")[0] === `name=${name}`) ?? false;
	return {
		architecture: Architecture,
		rootless: has("rootless"),
		remapsUsers: has("userns"),
		selinux: has("selinux")
	};
}
/** Those of the images that the engine does not have for linux/amd64. */
async function missingImages(images, client) {
	const present = await Promise.all(images.map(async (image) => {
		const found = await client.docker(inspectArgs(image));
		return found.exitCode === 0 && found.stdout.trim() === "linux/amd64";
	}));
	return images.filter((_, index) => present[index] !== true);
}
/** @throws Failure where the image cannot be pulled, or not in that time */
async function pullImage(image, { client, reporter, minutes }) {
	const task = reporter.task(`Pull ${image}`);
	const pulled = await client.docker(pullArgs(image), {
		seconds: minutes * 60,
		onLine: (line) => task.log(line)
	});
	if (pulled.exitCode === 0) {
		task.done("pulled");
		return;
	}
	const failure = pulled.exitCode === 124 ? require_job.timedOut(minutes, `pulling ${image}`) : pullFailure(image, pulled.stderr);
	task.fail(failure.what);
	throw failure;
}
/**
* Proves that an engine on another architecture can run an image's programs.
*
* @throws Failure where it cannot
*/
async function checkEmulation(engine, trial, client) {
	if (engine.architecture === "x86_64" || engine.architecture === "amd64") return;
	const answer = await client.docker(emulationArgs(trial));
	if (answer.exitCode !== 0) throw noEmulation(engine.architecture, answer.stderr);
}
/** The arguments of `docker` that try whether an image's programs run at all. */
function emulationArgs({ name, labels, image }) {
	const walls = [
		"--network",
		"none",
		"--read-only",
		"--cap-drop",
		"ALL",
		"--user",
		"65534:65534"
	];
	const platform = [
		"--platform",
		"linux/amd64",
		"--pull",
		"never"
	];
	return [
		"run",
		"--rm",
		"--name",
		name,
		...labelArgs(labels),
		...platform,
		...walls,
		"--entrypoint",
		"go",
		image,
		"version"
	];
}
/** The labels that tell whose container it is, and since when (ms since 1970). */
function ownerLabels(caller, now) {
	const { uid, pid } = caller;
	return {
		uid: String(uid),
		pid: String(pid),
		owner: require_job.ownerText(caller),
		since: String(now)
	};
}
/** Removes the containers of this user that runs left behind which were killed before they could clean up. */
async function removeOrphans(client, here) {
	const listed = await client.docker(orphanArgs(here.caller));
	const orphans = [];
	for (const line of listed.stdout.split("\n")) {
		const [id = "", owner = "", since = ""] = line.trim().split(" ");
		if (/^\d+$/.test(since) && await require_job.isDead({
			owner,
			since: Number(since)
		}, here)) orphans.push(id);
	}
	if (orphans.length > 0) await client.docker(removalArgs(orphans));
}
/** The arguments of `docker` that list this user's containers: each with its owner, and since when it is. */
function orphanArgs({ uid }) {
	const filter = ["--filter", `label=${labelPrefix}.uid=${String(uid)}`];
	const label = (name) => `{{.Label "${labelPrefix}.${name}"}}`;
	const format = [
		"{{.ID}}",
		label("owner"),
		label("since")
	].join(" ");
	return [
		"ps",
		"--all",
		"--no-trunc",
		...filter,
		"--format",
		format
	];
}
/** The arguments of `docker` that end and remove containers, by name or id. */
function removalArgs(containers) {
	return [
		"rm",
		"--force",
		"--volumes",
		...containers
	];
}
// src/build/docker-plan.ts
/** What the docker builder asks of an engine before its steps, each with its reason. */
function plannedPreparation(request) {
	const { trials, caller } = request;
	return [
		{
			args: infoArgs,
			about: "the engine: a rootless one, one that remaps users, and SELinux change --user, --userns and --security-opt below"
		},
		{
			args: orphanArgs(caller),
			about: "containers of runs that were killed: those whose process is gone are removed"
		},
		...trials.flatMap((trial) => [
			{
				args: inspectArgs(trial.image),
				about: "whether the image is there"
			},
			{
				args: pullArgs(trial.image),
				about: "where it is not"
			},
			{
				args: emulationArgs(trial),
				about: "where the machine is not amd64"
			}
		])
	];
}
// src/build/docker-files.ts
/** Gives a folder and all below it to a user. Links are not followed, and what vanishes meanwhile is no matter. */
async function giveTree(folder, owner, files) {
	await give(await files.realPath(folder), owner, files);
}
/**
* As giveTree, but a folder that is already the user's is taken as it is: what Go wrote there is too. The folder is given
* after all below it, or a run that was killed in between would leave files that nobody gives any more.
*/
async function giveCache(folder, owner, files) {
	if ((await files.stat(folder))?.uid === owner.uid) return;
	const root = await files.realPath(folder);
	for (const name of await files.list(root)) await give((0, node_path.join)(root, name), owner, files);
	await files.chown(root, owner);
}
async function give(path, owner, files) {
	try {
		await files.chown(path, owner);
		if ((await files.stat(path))?.kind !== "folder" || await files.realPath(path) !== path) return;
		for (const name of await files.list(path)) await give((0, node_path.join)(path, name), owner, files);
	} catch (error) {
		if (await files.stat(path) !== null) throw error;
	}
}
/** The caller's .netrc, where Go looks for it, absolute (a mount's source is); null where there is none. */
async function findNetrc(env, files) {
	const { NETRC = "", HOME = "" } = env;
	const path = NETRC === "" ? (0, node_path.join)(HOME, ".netrc") : NETRC;
	if (!(0, node_path.isAbsolute)(path)) return null;
	return (await files.stat(path))?.kind === "file" ? path : null;
}
/** The file of certificates that the caller's programs trust, as Go looks for it (crypto/x509); null where none is set. */
async function findCertificates(env, files) {
	const path = env["SSL_CERT_FILE"];
	if (path === void 0 || !(0, node_path.isAbsolute)(path)) return null;
	return (await files.stat(path))?.kind === "file" ? path : null;
}
/** A copy of the .netrc that only the given user can read; the name says whose run it belongs to. */
async function copyNetrc(request, files) {
	const { netrc, copy, owner } = request;
	await files.makeDir((0, node_path.dirname)(copy));
	await files.write(copy, await files.readText(netrc), { mode: 256 });
	await files.chown(copy, owner);
	return copy;
}
function netrcCopyName(caller, step) {
	return `netrc_${require_job.ownerText(caller)}_${step}`;
}
/** Removes the copies of runs that were killed before they could. */
function removeDeadNetrcs(folder, here) {
	return require_job.removeDead({
		folder,
		pattern: require_job.namesOfOwners(String.raw`\.?netrc`)
	}, here);
}
// src/build/docker.ts
/** `nobody`: runs the steps where the caller is root. */
const nobody = {
	uid: 65534,
	gid: 65534
};
/** Below the five seconds that a run has after SIGTERM. */
const closeMilliseconds = 4500;
const longestTimer = 2 ** 31 - 1;
/** The builder that runs each step in a container of the image that the server itself is built in. */
function createDockerBuilder(request) {
	return new DockerBuilder(request);
}
var DockerBuilder = class {
	kind = "docker";
	/** The image is as the server's own build has it. */
	recipe = "";
	#request;
	#client;
	/** For what no step has begun yet: it ends with the builder. */
	#preparing;
	#ending = new AbortController();
	/** Names this run's containers. */
	#run;
	/** Labels them, ms since 1970. */
	#since;
	/** The user in the container. */
	#user;
	#active = /* @__PURE__ */ new Map();
	#removing = /* @__PURE__ */ new Set();
	/** By image: why its targets cannot be built, where those of another can. */
	#refused = /* @__PURE__ */ new Map();
	#engine = plainEngine;
	#started = 0;
	/** For --dry-run: steps that were described, and the caller's .netrc and certificates. */
	#described = 0;
	#plannedNetrc = null;
	#plannedCertificates = null;
	#closing = null;
	constructor(request) {
		const { caller, clock, runner, settings } = request;
		this.#request = request;
		const { env } = settings;
		const { answerSeconds } = request;
		const { signal } = this.#ending;
		this.#client = createDockerClient(runner, {
			env,
			answerSeconds
		});
		this.#preparing = createDockerClient(runner, {
			env,
			answerSeconds,
			signal
		});
		this.#user = caller.uid === 0 ? nobody : caller;
		this.#since = clock.now();
		const identity = JSON.stringify([
			caller,
			this.#since,
			settings.server.version
		]);
		this.#run = require_job.createHash("sha256").update(identity).digest("hex").slice(0, 12);
	}
	async prepare(targets) {
		const work = this.#prepare(targets);
		this.#inBackground(work);
		await work;
	}
	async #prepare(targets) {
		const { caller, clock, files, reporter, settings } = this.#request;
		const here = {
			caller,
			now: clock.now(),
			files
		};
		const images = [...new Set(targets.map((target) => this.#image(target)))];
		const [engine, missing] = await Promise.all([
			probeEngine(this.#preparing),
			missingImages(images, this.#preparing),
			removeDeadNetrcs(this.#netrcFolder(), here)
		]);
		this.#engine = engine;
		this.#inBackground(removeOrphans(this.#client, here));
		const pull = {
			client: this.#preparing,
			reporter,
			minutes: settings.timeoutMinutes
		};
		for (const image of images) await this.#noting(image, async () => {
			if (missing.includes(image)) await pullImage(image, pull);
			await this.#tryOut(image, engine);
		});
		const [first] = images.flatMap((image) => this.#refused.get(image) ?? []);
		if (first !== void 0 && images.every((image) => this.#refused.has(image))) throw first;
	}
	/** One image that cannot be had keeps nobody from building with the others. */
	async #noting(image, work) {
		this.#refused.delete(image);
		try {
			await work();
		} catch (error) {
			if (!(error instanceof require_start.Failure) || this.#ending.signal.aborted) throw error;
			this.#refused.set(image, error);
		}
	}
	async #tryOut(image, engine) {
		const trial = this.#trial(image);
		try {
			await this.#whileActive(trial.name, checkEmulation(engine, trial, this.#preparing));
		} catch (error) {
			this.#inBackground(this.#client.docker(removalArgs([trial.name])));
			throw error;
		}
	}
	doubt() {
		return null;
	}
	places() {
		return containerPlaces;
	}
	modCache(target) {
		return this.#caches(target).modCache;
	}
	async describePreparation(targets) {
		const { caller, files, settings } = this.#request;
		this.#plannedNetrc = await findNetrc(settings.env, files);
		this.#plannedCertificates = await findCertificates(settings.env, files);
		return plannedPreparation({
			trials: [...new Set(targets.map((target) => this.#image(target)))].map((image) => this.#trial(image)),
			caller
		}).map((each) => this.#planned(each));
	}
	describe(step) {
		this.#described += 1;
		const name = this.#name(step, this.#described);
		const isCopied = this.#plannedNetrc !== null && this.#handsOver();
		const copy = (0, node_path.join)(this.#netrcFolder(), netrcCopyName(this.#request.caller, name));
		const netrc = isCopied ? copy : this.#plannedNetrc;
		const certificates = this.#plannedCertificates;
		return [this.#planned({
			args: this.#args(step, {
				name,
				netrc,
				certificates
			}),
			about: null
		}, step.phase), this.#planned({
			args: removalArgs([name]),
			about: "however that ended"
		})];
	}
	#planned({ args, about }, phase = "compile") {
		const { env } = this.#request.settings;
		return {
			kind: "command",
			program: "docker",
			args,
			env: {},
			passedOn: Object.keys(clientEnvironment(env, phase === "download" ? downloadVariables(env) : [])),
			cwd: null,
			about
		};
	}
	async run(step) {
		if (this.#closing !== null) throw require_job.stopped();
		const refused = this.#refused.get(this.#image(step.target));
		if (refused !== void 0) throw refused;
		this.#started += 1;
		const name = this.#name(step, this.#started);
		return this.#whileActive(name, this.#runNamed(step, name));
	}
	/** Close removes the container of that name until its work has ended. */
	async #whileActive(name, work) {
		const ended = work.then(() => void 0, () => void 0);
		this.#active.set(name, ended);
		try {
			return await work;
		} finally {
			this.#active.delete(name);
		}
	}
	close() {
		this.#closing ??= this.#stop();
		return this.#closing;
	}
	async #stop() {
		const { clock } = this.#request;
		const deadline = clock.now() + closeMilliseconds;
		const left = () => Math.max(0, deadline - clock.now());
		this.#ending.abort();
		while (this.#active.size > 0 && left() > 0) {
			await Promise.race([this.#client.docker(removalArgs([...this.#active.keys()])), pause(left())]);
			await Promise.race([Promise.all(this.#active.values()), pause(200)]);
		}
		await Promise.race([Promise.all(this.#removing), pause(left())]);
	}
	async #runNamed(step, name) {
		const { clock, settings } = this.#request;
		const { minutes, secondsLeft } = step.deadline ?? require_host.startDeadline(settings.timeoutMinutes, clock);
		await this.#openFolders(step);
		const netrc = await this.#netrc(step, name);
		const certificates = await findCertificates(settings.env, this.#request.files);
		const begun = clock.now();
		const limit = this.#limit(name, secondsLeft());
		try {
			if (this.#closing !== null) throw require_job.stopped();
			if (secondsLeft() === 0) return {
				kind: "timed-out",
				minutes
			};
			const args = this.#args(step, {
				name,
				netrc: netrc.path,
				certificates
			});
			const answer = await this.#start(step, args, secondsLeft());
			if (this.#closing !== null) throw require_job.stopped();
			if (limit.expired()) return {
				kind: "timed-out",
				minutes
			};
			return await this.#outcome({
				step,
				name,
				answer,
				seconds: (clock.now() - begun) / 1e3
			});
		} finally {
			limit.stop();
			this.#inBackground(this.#client.docker(removalArgs([name])));
			await netrc.remove();
			await this.#handOver(step);
		}
	}
	/** What close waits for, and what fails no build by itself: tidying, and what still ends. */
	#inBackground(work) {
		const removing = work.then(() => void 0, () => void 0);
		this.#removing.add(removing);
		removing.then(() => this.#removing.delete(removing));
	}
	/** Where not even killing the container ends its client, the engine hangs: nothing is waited for then. */
	async #start(step, args, seconds) {
		const { phase, onLine } = step;
		const passedOn = phase === "download" ? downloadVariables(this.#request.settings.env) : [];
		return this.#client.docker(args, {
			seconds: seconds + this.#client.answerSeconds,
			passedOn,
			...onLine === void 0 ? {} : { onLine }
		});
	}
	async #outcome(end) {
		const { exitCode, stdout, stderr } = end.answer;
		if (exitCode === 0) return {
			kind: "ok",
			stdout,
			stderr,
			seconds: end.seconds
		};
		const outOfMemory = await this.#ranOutOfMemory(end.name);
		const failure = stepFailure({
			image: this.#image(end.step.target),
			exitCode,
			stdout,
			stderr,
			outOfMemory
		});
		const unreadable = this.#request.caller.uid === 0 ? unreadableSource(`${stdout}\n${stderr}`) : null;
		if (failure !== null || unreadable !== null) throw failure ?? unreadable;
		return {
			kind: "failed",
			exitCode,
			stdout,
			stderr,
			seconds: end.seconds
		};
	}
	async #ranOutOfMemory(name) {
		const state = await this.#client.docker([
			"inspect",
			"--format",
			"{{.State.OOMKilled}}",
			name
		]);
		return state.exitCode === 0 ? state.stdout.trim() === "true" : null;
	}
	/** Kills the container when its time is over; again each second, as it may not have been there yet. */
	#limit(name, seconds) {
		let expired = false;
		let timer;
		let ended = false;
		const kill = async () => {
			expired = true;
			await this.#client.docker(["kill", name]).catch(() => void 0);
			if (!ended) timer = setTimeout(() => void kill(), 1e3);
		};
		timer = setTimeout(() => void kill(), Math.min(seconds * 1e3, longestTimer));
		return {
			expired: () => expired,
			stop: () => {
				ended = true;
				clearTimeout(timer);
			}
		};
	}
	/** Makes the folders that will be mounted, and lets the container's user write where it has to. */
	async #openFolders({ target, workspace }) {
		const { files, settings } = this.#request;
		const caches = this.#caches(target);
		for (const folder of [caches.modCache, caches.buildCache]) {
			await files.makeDir(folder);
			if (this.#handsOver()) await giveCache(folder, this.#user, files);
		}
		if (!this.#handsOver()) return;
		const { module, pin, out } = workspace;
		const own = [settings.runDir, (0, node_path.join)(settings.cacheDir, "sources")].some((folder) => module.startsWith(`${folder}/`)) ? [module] : [];
		for (const folder of [
			pin,
			out,
			...own
		]) await giveTree(folder, this.#user, files);
	}
	async #handOver({ phase, workspace }) {
		const { caller, files } = this.#request;
		if (phase === "compile" && this.#handsOver()) await giveTree(workspace.out, caller, files);
	}
	/** The container's user is another one than the caller. */
	#handsOver() {
		return this.#user !== this.#request.caller && !this.#engine.rootless;
	}
	async #netrc(step, name) {
		const { caller, files, settings } = this.#request;
		const netrc = step.phase === "download" ? await findNetrc(settings.env, files) : null;
		if (netrc === null || !this.#handsOver()) return {
			path: netrc,
			remove: async () => void 0
		};
		const copy = (0, node_path.join)(this.#netrcFolder(), netrcCopyName(caller, name));
		return {
			path: await copyNetrc({
				netrc,
				copy,
				owner: this.#user
			}, files),
			remove: () => files.remove(copy)
		};
	}
	#netrcFolder() {
		return (0, node_path.join)((0, node_path.dirname)(this.#caches({ name: "linux-amd64" }).modCache), "netrc");
	}
	#args(step, own) {
		const { settings } = this.#request;
		const { phase, workspace, args } = step;
		return dockerRunArgs({
			...own,
			labels: this.#labels(),
			image: this.#image(step.target),
			phase,
			user: this.#user,
			engine: this.#engine,
			workspace,
			caches: this.#caches(step.target),
			passedOn: downloadVariables(settings.env),
			args
		});
	}
	#labels() {
		return {
			run: this.#run,
			...ownerLabels(this.#request.caller, this.#since)
		};
	}
	/** A container has no name of an image's letters. */
	#trial(image) {
		const digest = require_job.createHash("sha256").update(image).digest("hex").slice(0, 12);
		return {
			name: `gotify-plugin-build-${this.#run}-try-${digest}`,
			labels: this.#labels(),
			image
		};
	}
	#name(step, count) {
		return `gotify-plugin-build-${this.#run}-${step.target.name}-${step.phase}-${String(count)}`;
	}
	#image(target) {
		const { image, settings } = this.#request;
		return imageFor({
			template: image,
			goVersion: settings.server.goVersion,
			target
		});
	}
	#caches({ name }) {
		const { cacheDir, server } = this.#request.settings;
		return require_cache.cachePaths({
			cacheDir,
			builder: "docker",
			uid: this.#user.uid,
			goVersion: server.goVersion,
			pinListKey: require_cache.pinListKey(server.pinList.modules),
			target: name
		});
	}
};
/** Does not keep the process alive. */
function pause(milliseconds) {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds).unref();
	});
}
// src/pipeline/builder.ts
/** The builder that the options ask for, for one server. Nothing is started yet. */
function createBuilder(request) {
	const { options, server, run, ports } = request;
	const settings = {
		server,
		cacheDir: options.cacheDir,
		runDir: run.path,
		timeoutMinutes: options.timeoutMinutes,
		env: ports.env
	};
	return options.builder === "docker" ? createDockerBuilder({
		...ports,
		settings,
		image: options.image
	}) : require_host.createHostBuilder({
		...ports,
		settings
	});
}
// src/pipeline/pinning.ts
/**
* The build-only files for one server. The plugin's own go.mod and go.sum are read, never written.
*
* @throws Failure (input) for a malformed go.mod or go.sum, or a local replacement that is not there
*/
async function preparePinning(request, ports) {
	const { project, server, dependencies } = request;
	const { source, replaced } = await pinSource(request, ports);
	const pin = {
		pin: require_check.pinModule,
		cap: require_check.capModule,
		keep: require_check.keepModule
	}[dependencies](source);
	const warnings = [...pin.warnings, ...require_check.loweredWarnings(replaced.folders, server)];
	for (const { text, line } of warnings) ports.reporter.warn(text, {
		kind: "file",
		file: project.displayGoMod,
		...line === null ? {} : { line }
	});
	return {
		...pin,
		...replaced,
		warnings,
		tidy: dependencies === "cap"
	};
}
/** The same with the plugin's own versions: for listing what it is made of as it is. Throws Failure as preparePinning. */
async function prepareUnpinned(request, ports) {
	const { source, replaced } = await pinSource({
		...request,
		dependencies: "keep"
	}, ports);
	return {
		...require_check.unpinnedModule(source),
		...replaced,
		tidy: false
	};
}
async function pinSource(request, { files }) {
	const { project, server, dependencies, builder } = request;
	const replaced = await require_check.collectReplaced({
		goMod: project.goModText,
		file: project.displayGoMod,
		moduleDir: project.moduleDir,
		dependencies,
		server
	}, files);
	const paths = replaced.folders.map(({ path }) => path);
	const places = builder.places(emptyWorkspace(project.moduleDir, paths));
	return {
		source: {
			goMod: project.goModText,
			file: project.displayGoMod,
			goSum: project.goSumText,
			server,
			replacedAt: (index) => places.replaced(index),
			absent: replaced.absent.map(({ dir }) => dir)
		},
		replaced
	};
}
/** The replacements' places depend on nothing else of a workspace. */
function emptyWorkspace(module, replaced) {
	return {
		module,
		pin: "",
		out: "",
		replaced
	};
}
Object.defineProperty(exports, "attempting", {
	enumerable: true,
	get: function() {
		return attempting;
	}
});
Object.defineProperty(exports, "buildTarget", {
	enumerable: true,
	get: function() {
		return buildTarget;
	}
});
Object.defineProperty(exports, "compileArgs", {
	enumerable: true,
	get: function() {
		return compileArgs;
	}
});
Object.defineProperty(exports, "createBuilder", {
	enumerable: true,
	get: function() {
		return createBuilder;
	}
});
Object.defineProperty(exports, "pluginFileName", {
	enumerable: true,
	get: function() {
		return pluginFileName;
	}
});
Object.defineProperty(exports, "preparePinning", {
	enumerable: true,
	get: function() {
		return preparePinning;
	}
});
Object.defineProperty(exports, "prepareUnpinned", {
	enumerable: true,
	get: function() {
		return prepareUnpinned;
	}
});
Object.defineProperty(exports, "removeEarlier", {
	enumerable: true,
	get: function() {
		return removeEarlier;
	}
});
Object.defineProperty(exports, "timed", {
	enumerable: true,
	get: function() {
		return timed;
	}
});
Object.defineProperty(exports, "tryTarget", {
	enumerable: true,
	get: function() {
		return tryTarget;
	}
});
