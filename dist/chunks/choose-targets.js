const require_start = require("./start.js");
const require_job = require("./job.js");
// src/build/choose-targets.ts
/** Go's first release that builds plugins for riscv64: https://go.dev/doc/go1.25#ports. Servers have it from v2.7.0 on. */
const firstRiscvGo = "1.25";
const nativeTargets = {
	x64: "linux-amd64",
	arm64: "linux-arm64",
	arm: "linux-arm-7",
	ia32: "linux-386",
	riscv64: "linux-riscv64"
};
/**
* The targets to build for a server. `all` leaves out what the server's Go cannot build; a target asked for by name
* is never left out in silence.
*
* @param request.arch the machine's architecture as Node names it (`process.arch`)
* @throws Failure (input) for a named target that the server's Go cannot build, or a machine that is no target
*/
function chooseTargets(request) {
	const { wanted, server } = request;
	const targets = meantTargets(request);
	const possible = ({ name }) => name !== "linux-riscv64" || require_job.compareGoVersions(server.goVersion, firstRiscvGo) >= 0;
	if (wanted === "all") return targets.filter(possible);
	if (!targets.every(possible)) throw riscvTooOld(server);
	return targets;
}
/** What the input means, whether or not a server's Go can build it. Throws Failure for a machine that is no target. */
function meantTargets(request) {
	const { wanted, arch } = request;
	if (wanted === "all") return require_start.targetNames.map(require_start.targetOf);
	return (wanted === "native" ? [nativeTarget(arch)] : wanted).map(require_start.targetOf);
}
function nativeTarget(arch) {
	const name = nativeTargets[arch];
	if (name !== void 0) return name;
	throw new require_start.Failure("input", {
		code: "no-native-target",
		what: `gotify has no servers for this machine's architecture (${arch})`,
		remedy: `Name the targets to build: ${require_start.targetNames.join(", ")}.`,
		where: {
			kind: "input",
			input: "targets"
		}
	});
}
function riscvTooOld(server) {
	return new require_start.Failure("input", {
		code: "target-not-possible",
		what: `linux-riscv64 plugins need Go ${firstRiscvGo}, and gotify ${server.version} is built with Go ${server.goVersion}`,
		remedy: "Leave linux-riscv64 out, or build for gotify v2.7.0 or newer.",
		where: {
			kind: "input",
			input: "targets"
		}
	});
}
Object.defineProperty(exports, "chooseTargets", {
	enumerable: true,
	get: function() {
		return chooseTargets;
	}
});
Object.defineProperty(exports, "meantTargets", {
	enumerable: true,
	get: function() {
		return meantTargets;
	}
});
