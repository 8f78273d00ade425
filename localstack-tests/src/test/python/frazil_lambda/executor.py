"""One JVM under the real runtime interface client for each function environment.

Environment: FRAZIL_LAMBDA_JAVA (the `java` to start), FRAZIL_LAMBDA_CLIENT (the runtime interface
client's class path), FRAZIL_LAMBDA_LOGS (a folder, where each JVM leaves its log),
FRAZIL_LAMBDA_ENVIRONMENTS (a folder with a file for each JVM that is there: its process's id; and
one ending with `.busy` while it works), FRAZIL_LAMBDA_ENDPOINT (what functions are told to be AWS).
"""

import functools
import json
import os
import platform
import shlex
import subprocess
import time
import uuid
import zipfile
from pathlib import Path

from frazil_lambda.runtime_api import CREDENTIALS, RuntimeApi
from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

_CLIENT_MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
_CLIENT_LIBRARY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI"
_PRIMING = "FRAZIL_PRIMING_SECONDS"
_UNPRIMED = "0"
_HEAP_SHARE = 0.85
_STOP_SECONDS = 5
_JCMD_SECONDS = 30
_POLL_SECONDS = 0.02
# As /proc/net/tcp has the states of sockets.
_ESTABLISHED, _CONNECTING, _LISTENING = "01", "02", "0A"
_CREDENTIALS_HOURS = 1
_CREDENTIALS_VARIABLES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


class JvmRuntimeExecutor(RuntimeExecutor):
    def __init__(self, id, function_version):
        super().__init__(id=id, function_version=function_version)
        self.config = function_version.config
        self.api = None
        self.process = None
        name = f"{function_version.id.function_name}-{function_version.id.qualifier}-{id}.log"
        self.log = Path(os.environ["FRAZIL_LAMBDA_LOGS"], name.replace("$", ""))
        # Functions' keys name them, so that who sees a request knows whose it is.
        version = function_version.id.qualifier.replace("$", "")
        self.key = f"{function_version.id.function_name}.{version}-{id}"
        self.note = Path(os.environ["FRAZIL_LAMBDA_ENVIRONMENTS"], self.key)
        self.busy = Path(f"{self.note}.busy")
        self.env_vars = {}

    def start(self, env_vars):
        self.env_vars = env_vars
        self.api = RuntimeApi(self.config.timeout, self._credentials(), str(uuid.uuid4()))
        # Functions that do not start from one ask for no restore.
        self.api.snapshot = self._at_snapshot
        code = str(self.config.code.get_unzipped_code_location())
        environment = self._environment(env_vars, code)
        command = self._command(environment.pop("JAVA_TOOL_OPTIONS", ""), code)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=code, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        self.note.write_text(str(self.process.pid))
        deadline = time.time() + config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT
        while not self.api.ready.wait(_POLL_SECONDS):
            if self.process.poll() is not None or time.time() > deadline:
                raise StatusErrorException("The JVM did not start", payload=self._exited(self.id))
        if self.api.init_error is not None:
            with open(self.log, "ab") as log:
                log.write(self.api.init_error + b"\n")
            raise StatusErrorException("The function did not start", payload=self.api.init_error)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if self.api:
            self.api.close()
        self.note.unlink(missing_ok=True)

    def invoke(self, payload):
        if self.process.poll() is not None:
            # As on Lambda: an environment whose process ended starts one anew.
            self.stop()
            self.start(self.env_vars)
        self.busy.touch()
        try:
            return self._invoke(payload)
        finally:
            self.busy.unlink()

    def _invoke(self, payload):
        request = payload["invoke-id"]
        log_start = self.log.stat().st_size
        start = time.time()
        self.api.put(payload)
        body, is_error = self._outcome(request, start + self.config.timeout)
        millis = (time.time() - start) * 1000
        return InvocationResult(
            request, body, is_error=is_error, logs=self._report(request, log_start, millis)
        )

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}"

    def get_logs(self):
        return self.log.read_text(errors="replace")

    @classmethod
    def prepare_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        """Its code is removed with the run's files."""

    @property
    def _has_snap_start(self):
        snap_start = self.config.snap_start or {}
        published = self.function_version.id.qualifier != "$LATEST"
        return published and snap_start.get("ApplyOn") == "PublishedVersions"

    def _environment(self, env_vars, code):
        environment = {name: str(value) for name, value in env_vars.items() if value is not None}
        environment["AWS_LAMBDA_RUNTIME_API"] = self.api.address
        environment["AWS_ACCESS_KEY_ID"] = self.key
        environment["AWS_ENDPOINT_URL"] = os.environ["FRAZIL_LAMBDA_ENDPOINT"]
        # As the template has all functions; LocalStack's CloudFormation leaves it out.
        environment["AWS_LAMBDA_LOG_FORMAT"] = "JSON"
        environment["AWS_EXECUTION_ENV"] = f"AWS_Lambda_{self.config.runtime}"
        environment["LAMBDA_TASK_ROOT"] = code
        environment["PATH"] = os.environ["PATH"]
        if self._has_snap_start:
            environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "snap-start"
            for name in _CREDENTIALS_VARIABLES:
                environment.pop(name, None)
            environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = (
                f"http://{self.api.address}{CREDENTIALS}"
            )
            environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = self.api.token
        # Each JVM here would prime itself, where on AWS one does for all that follow.
        environment.setdefault(_PRIMING, _UNPRIMED)
        return environment

    def _credentials(self):
        until = time.gmtime(time.time() + _CREDENTIALS_HOURS * 3600)
        return {
            "AccessKeyId": self.key,
            "SecretAccessKey": "secret",
            "Token": "token",
            "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", until),
        }

    def _at_snapshot(self):
        """What is frozen and must not be. From now on a primed function says what it loads."""
        if self.env_vars.get(_PRIMING, _UNPRIMED) != _UNPRIMED:
            jcmd = Path(os.environ["FRAZIL_LAMBDA_JAVA"]).with_name("jcmd")
            log = f"output={self.log.with_suffix('.classes')}"
            command = [jcmd, str(self.process.pid), "VM.log", log, "decorators=none"]
            subprocess.run(
                [*command, "what=class+load=info"],
                check=True,
                stdout=subprocess.DEVNULL,
                timeout=_JCMD_SECONDS,
            )
        return self._open_sockets()

    def _open_sockets(self):
        """Those that the JVM has besides its connection to the Runtime API, and that are not over."""
        own = set()
        for entry in Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                own.add(os.readlink(entry))
            except FileNotFoundError:
                continue  # closed meanwhile
        found = []
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/{self.process.pid}/net/{table}").read_text().splitlines()[1:]:
                _, local, remote, state, *_, inode = line.split()[:10]
                alive = state in (_ESTABLISHED, _CONNECTING, _LISTENING)
                if alive and f"socket:[{inode}]" in own and _port(remote) != self.api.port:
                    found.append(f"a socket from {_port(local)} to {_port(remote)} (state {state})")
        return found

    def _command(self, options, code):
        # As the managed runtime has it: C1 alone, unless the function is started from a snapshot.
        compiler = [] if self._has_snap_start else ["-XX:TieredStopAtLevel=1"]
        client = os.environ["FRAZIL_LAMBDA_CLIENT"]
        return [
            os.environ["FRAZIL_LAMBDA_JAVA"],
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            f"-D{_CLIENT_LIBRARY}={_library(client)}",
            f"-Xmx{int(self.config.memory_size * _HEAP_SHARE)}m",
            "-XX:+UseSerialGC",
            *compiler,
            *shlex.split(options),
            "-cp",
            f"{client}:{code}:{code}/lib/*",
            _CLIENT_MAIN,
            self.config.handler,
        ]

    def _outcome(self, request, deadline):
        while True:
            answer = self.api.answer(_POLL_SECONDS)
            if answer:
                return answer[1], answer[2]
            if self.process.poll() is not None:
                return self._exited(request), True
            if time.time() > deadline:
                self.process.kill()
                return self._timed_out(request), True

    def _exited(self, request):
        status = self.process.poll()
        return _error("Runtime.ExitError", request, f"Runtime exited with exit status {status}")

    def _timed_out(self, request):
        seconds = f"{self.config.timeout:.2f}"
        return _error("Sandbox.Timedout", request, f"Task timed out after {seconds} seconds")

    def _report(self, request, log_start, millis):
        with open(self.log, "rb") as log:
            log.seek(log_start)
            said = log.read().decode("utf-8", "replace")
        version = self.function_version.id.qualifier
        return (
            f"START RequestId: {request} Version: {version}\n{said}\nEND RequestId: {request}\n"
            f"REPORT RequestId: {request}\tDuration: {millis:.2f} ms"
            f"\tBilled Duration: {int(millis) + 1} ms\tMemory Size: {self.config.memory_size} MB"
        )


@functools.cache
def _library(client):
    """The client's native library, unpacked once.

    Left to itself each JVM unpacks it to one path in /tmp, which on Lambda is its own: here it would
    write over what others have loaded.
    """
    machine = platform.machine().replace("aarch64", "aarch_64")
    system = "linux" if platform.libc_ver()[0] == "glibc" else "linux_musl"
    name = f"jni/libaws-lambda-jni.{system}-{machine}.so"
    folder = os.environ["FRAZIL_LAMBDA_ENVIRONMENTS"] + "-library"
    for jar in client.split(":"):
        with zipfile.ZipFile(jar) as entries:
            if name in entries.namelist():
                return entries.extract(name, folder)
    raise FileNotFoundError(f"{client} has no {name}")


def _port(address):
    """Of an address as /proc/net/tcp has it."""
    return int(address.rpartition(":")[2], 16)


def _error(kind, request, message):
    text = f"RequestId: {request} Error: {message}"
    return json.dumps({"errorType": kind, "errorMessage": text}).encode()
