# For `sam build`, which asks for one function at a time: the modules are built once, by what is
# newer than the build that was done last.

FUNCTIONS := target/functions
SOURCES := pom.xml $(wildcard */pom.xml) .mvn $(shell find */src/main */src/build -print)

.PHONY: build-WorkerFunction build-LargeWorkerFunction build-CoordinatorFunction build-HttpFunction

build-WorkerFunction build-LargeWorkerFunction: $(FUNCTIONS)
	cp -R worker-fn/target/frazil-worker-fn/. $(ARTIFACTS_DIR)

build-CoordinatorFunction build-HttpFunction: $(FUNCTIONS)
	cp -R coordinator-fn/target/frazil-coordinator-fn/. $(ARTIFACTS_DIR)

# Jars of earlier builds would stay in the folders.
$(FUNCTIONS): $(SOURCES)
	rm -rf worker-fn/target/frazil-worker-fn coordinator-fn/target/frazil-coordinator-fn
	./mvnw --quiet --batch-mode --no-transfer-progress -pl worker-fn,coordinator-fn -am package -DskipTests
	mkdir -p $(@D)
	touch $@
