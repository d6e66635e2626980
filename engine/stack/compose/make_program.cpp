// What runs, as whom, and how long: words of the service → options.
#include "engine/stack/compose/make_service.h"

#include <algorithm>

namespace escale::compose {
namespace {

void makeLabels(const Part& labels, TextMap& into) {
    into = labels.textMap();
    for (const auto& [name, label] : labels.entries()) {
        if (name.starts_with("com.docker.compose.") || name.starts_with("org.escale.stack."))
            label.error("the label " + inQuotes(name) + " is the engine's to set", "Leave it out.");
    }
}

// compose-spec 05-services.md, restart; deploy.md, restart_policy: the latter wins.
void makeRestart(const Part& service, ContainerOptions& options) {
    const Part restart = service["restart"];
    if (restart) {
        const std::string text = restart.text();
        const auto colon = text.find(':');
        options.restart = text.substr(0, colon);
        if (colon != std::string::npos) {
            const Node count = Node::scalar(text.substr(colon + 1), restart.place());
            Problems ignored;
            const auto maximum = Part(ignored, &count, {}).integer(0, UINT32_MAX);
            if (options.restart != "on-failure" || !maximum)
                restart.error(inQuotes(text) + " is no restart policy",
                              "The policies are no, always, unless-stopped and on-failure[:MAXIMUM].");
            options.restartMaximum = static_cast<unsigned>(maximum.value_or(0));
        }
    }
    const Part policy = service["deploy"]["restart_policy"];
    if (!policy)
        return;
    const std::string condition = policy.text("condition");
    if (condition.empty() || condition == "any")
        options.restart = "always";
    else if (condition == "none")
        options.restart = "no";
    else
        options.restart = condition;
    options.restartMaximum = 0;
    const auto most = policy["max_attempts"].integer(0, UINT32_MAX);
    if (most && options.restart == "on-failure")
        options.restartMaximum = static_cast<unsigned>(*most);
    else if (most && options.restart == "always")
        policy["max_attempts"].leaveOut("a number of attempts for the condition any",
                                        "restarts are counted for on-failure alone",
                                        "Use the condition on-failure.");
}

void makeHealth(const Part& health, ContainerOptions& options) {
    options.healthCommand = health["test"].texts();
    if (health["test"].node() != nullptr && health["test"].node()->isScalar())
        options.healthCommand = {"CMD-SHELL", health.text("test")};
    if (health["disable"].flag())
        options.healthCommand = {"NONE"};
    options.healthInterval = health["interval"].milliseconds().value_or(0);
    options.healthTimeout = health["timeout"].milliseconds().value_or(0);
    options.healthStartPeriod = health["start_period"].milliseconds().value_or(0);
    options.healthStartInterval = health["start_interval"].milliseconds().value_or(0);
    options.healthRetries = static_cast<unsigned>(health["retries"].integer(0, INT32_MAX).value_or(0));
    if (health["start_interval"] && !health["start_period"])
        health["start_interval"].error("start_interval means nothing without start_period",
                                       "Say with start_period how long the service may take to start.");
}

void makeLog(const Part& logging, ContainerOptions& options) {
    const Part driver = logging["driver"];
    const std::string name = driver.text();
    if (name == "none")
        options.logDriver = "none";
    else if (!name.empty() && name != "json-file" && name != "local")
        driver.refuse("the log driver " + inQuotes(name), "the engine keeps logs itself, in files",
                      "The drivers are json-file, local and none.");
    for (const auto& [option, value] : logging["options"].entries()) {
        if (option == "max-size" || option == "max-file" || option == "compress")
            options.logOptions[option] = value.text();
        else
            value.leaveOut("the log option " + inQuotes(option),
                           "the engine's log has max-size, max-file and compress alone");
    }
}

/// compose-spec 05-services.md, environment: a name without a value is taken out, also the image's.
void tellUnset(const Making& making, const Part& environment) {
    for (const auto& [name, value] : environment.entries()) {
        if (!value && making.variable(name) == nullptr)
            value.note("not supported: taking the image's variable " + inQuotes(name) +
                           " out, because the engine adds variables to the image's alone",
                       "If the image has one, write an empty value: \"" + name + ": ''\".");
    }
}

/// Words of a command; "" is none, too.
Texts wordsOf(const Part& command) {
    Texts words = command.texts();
    if (words.size() == 1 && words.front().empty())
        words.clear();
    return words;
}

} // namespace

void makeProgram(const Making& making, const Part& service, ContainerOptions& options) {
    if (service["entrypoint"])
        options.entrypoint = wordsOf(service["entrypoint"]); // none: not even the image's
    options.command = wordsOf(service["command"]);
    if (service["command"] && options.command.empty() && !options.entrypoint)
        service["command"].leaveOut(
            "an empty command in the place of the image's",
            "the engine takes the image's command with the image's entrypoint, as docker does",
            "Write the entrypoint, too: the image's command is not taken then.");
    options.environment = environmentOf(making, service["environment"]);
    tellUnset(making, service["environment"]);
    options.workingDirectory = service.text("working_dir");
    options.user = service.text("user");
    options.groups = service["group_add"].texts();
    options.hostname = service.text("hostname");
    options.domainname = service.text("domainname");
    makeLabels(service["labels"], options.labels);
    options.annotations = service["annotations"].textMap();
    options.terminal = service["tty"].flag();
    options.openInput = service["stdin_open"].flag();
    options.init = service["init"].flag();
    options.readOnly = service["read_only"].flag();
    options.privileged = service["privileged"].flag();
}

void makeLife(const Part& service, ContainerOptions& options) {
    makeRestart(service, options);
    options.stopSignal = service.text("stop_signal");
    if (const auto grace = service["stop_grace_period"].milliseconds())
        options.stopTimeoutSeconds =
            static_cast<unsigned>(std::min<std::uint64_t>((*grace + 999) / 1000, UINT32_MAX));
    if (service["healthcheck"])
        makeHealth(service["healthcheck"], options);
    if (service["logging"])
        makeLog(service["logging"], options);
}

void makeHooks(const Making& making, const Part& service, StackService& made) {
    for (const auto& [key, hooks] :
         {std::pair("post_start", &made.postStart), std::pair("pre_stop", &made.preStop)}) {
        for (const Part& part : service[key].items()) {
            StackHook& hook = hooks->emplace_back();
            hook.command = part["command"].texts();
            hook.user = part.text("user");
            hook.workingDirectory = part.text("working_dir");
            hook.environment = environmentOf(making, part["environment"]);
            hook.privileged = part["privileged"].flag();
            if (hook.command.empty())
                part.error("the hook has no command");
        }
    }
}

} // namespace escale::compose
