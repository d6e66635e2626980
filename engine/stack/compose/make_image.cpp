// How a service's image comes: pull_policy, platform and build.
#include "engine/stack/compose/make_service.h"
#include "engine/stack/compose/project_paths.h"

#include <algorithm>

namespace escale::compose {
namespace {

PullPolicy pullPolicyOf(const Part& part) {
    const std::string text = part.text();
    if (text.empty() || text == "missing" || text == "if_not_present")
        return PullPolicy::Missing;
    if (text == "always")
        return PullPolicy::Always;
    if (text == "never")
        return PullPolicy::Never;
    if (text == "build")
        return PullPolicy::Build;
    if (text == "refresh" || text == "daily" || text == "weekly" || text.starts_with("every_")) {
        part.note("the registry is asked at each start of the stack: when it last was is not kept");
        return PullPolicy::Always;
    }
    part.error("there is no pull policy " + inQuotes(text),
               "They are missing, always, never, build, refresh, daily, weekly and every_ with a duration.");
    return PullPolicy::Missing;
}

/// "default", "k=/x" or "k: /x", or a map: an agent's id and the path of its socket.
void makeAgents(Making& making, const Part& ssh, BuildRequest& request) {
    const auto add = [&](const std::string& id, const std::string& path, const Part& part) {
        StackSource source;
        source.kind = StackSource::Kind::Agent;
        source.path = path;
        source.place = part.place();
        request.agents.emplace_back(id, making.addSource(std::move(source)));
    };
    for (const auto& [id, path] : ssh.entries())
        add(id, path.text(), path);
    for (const Part& item : ssh.items()) {
        const std::string text = item.text();
        const auto middle = text.find_first_of("=:");
        const auto start = middle == std::string::npos ? middle : text.find_first_not_of(" =:", middle);
        add(text.substr(0, middle), start == std::string::npos ? std::string() : text.substr(start), item);
    }
}

void makeBuildSecrets(Making& making, const Part& secrets, BuildRequest& request) {
    for (const Part& use : secrets.items()) {
        const std::string name = use.isMap() ? use.text("source") : use.text();
        const Part definition = making.root()["secrets"][name];
        StackSource source;
        source.kind = StackSource::Kind::Secret;
        source.place = use.place();
        if (definition["file"]) {
            source.path = definition.text("file");
        } else if (const std::string* value = making.variable(definition.text("environment"));
                   value != nullptr) {
            source.text = *value;
        } else {
            if (!definition.text("environment").empty())
                definition["environment"].error("the variable " + inQuotes(definition.text("environment")) +
                                                    " is not set",
                                                "Set it in the environment or in the .env file.");
            continue;
        }
        const std::string target = use.text("target");
        request.secrets.emplace_back(target.empty() ? name : target, making.addSource(std::move(source)));
    }
}

void makePlatform(const Part& service, const Part& platforms, BuildRequest& request) {
    request.platform = service.text("platform");
    const Texts all = platforms.texts();
    if (all.size() > 1)
        platforms.refuse("a build for several platforms", "a build makes an image of one",
                         "Name one platform.");
    else if (all.size() == 1)
        request.platform = all.front();
}

void makeAllowed(const Part& build, BuildRequest& request) {
    for (const Part& item : build["entitlements"].items()) {
        const std::string word = item.text();
        if (word == "network.host" || word == "security.insecure")
            request.allow.push_back(word);
        else
            item.refuse("the entitlement " + inQuotes(word), "builds have no such right",
                        "There are network.host and security.insecure.");
    }
    const bool insecure =
        std::find(request.allow.begin(), request.allow.end(), "security.insecure") != request.allow.end();
    if (build["privileged"].flag() && !insecure)
        request.allow.emplace_back("security.insecure");
    request.network = build.text("network");
    if (request.network != "" && request.network != "default" && request.network != "none" &&
        request.network != "host")
        build["network"].refuse("the network " + inQuotes(request.network) + " for a build",
                                "RUN has the default network, the machine's or none",
                                "Use default, none or host.");
}

void makeArguments(const Making& making, const Part& arguments, BuildRequest& request) {
    for (const std::string& text : environmentOf(making, arguments)) {
        const auto equals = text.find('=');
        request.arguments[text.substr(0, equals)] = text.substr(equals + 1);
    }
}

/// The Dockerfile's descriptor and the context's.
StackBuild makeBuildSources(Making& making, const Part& build, BuildRequest& request) {
    StackSource dockerfile;
    dockerfile.kind = StackSource::Kind::Dockerfile;
    dockerfile.place = build.place();
    request.dockerfile = "Dockerfile";
    if (build["dockerfile_inline"]) {
        dockerfile.text = build.text("dockerfile_inline");
        dockerfile.place = build["dockerfile_inline"].place();
    } else {
        if (build["dockerfile"]) {
            request.dockerfile = build.text("dockerfile");
            dockerfile.place = build["dockerfile"].place();
        }
        dockerfile.path = request.dockerfile.starts_with('/') ? request.dockerfile
                                                              : request.context + '/' + request.dockerfile;
    }
    StackSource context;
    context.kind = StackSource::Kind::Context;
    context.path = request.context;
    context.place = build["context"].place();
    context.dockerfile = request.dockerfile;
    StackBuild sources;
    sources.dockerfile = making.addSource(std::move(dockerfile));
    sources.context = making.addSource(std::move(context));
    return sources;
}

void makeBuild(Making& making, const Part& service, StackService& made) {
    const Part build = service["build"];
    BuildRequest request;
    request.service = made.name;
    request.context = build.isMap() ? build.text("context") : build.text();
    if (request.context.empty())
        request.context = making.project.directory;
    if (isAddress(request.context)) {
        build["context"].refuse(
            "a build's context at an address", "files come from a folder of this machine alone",
            "Clone it and name the folder, or use ADD with the address in the Dockerfile.");
        return;
    }
    request.tags.push_back(made.image);
    for (const std::string& tag : build["tags"].texts()) {
        if (std::find(request.tags.begin(), request.tags.end(), tag) == request.tags.end())
            request.tags.push_back(tag);
    }
    request.target = build.text("target");
    makeArguments(making, build["args"], request);
    request.labels = build["labels"].textMap();
    request.noCache = build["no_cache"].flag();
    request.pull = build["pull"].flag();
    request.shmSize = build["shm_size"].bytes().value_or(0);
    for (const std::string& host : build["extra_hosts"].isMap() ? Texts() : build["extra_hosts"].texts()) {
        const auto middle = std::min(host.find('='), host.find(':'));
        request.extraHosts.push_back(
            middle == std::string::npos ? host : host.substr(0, middle) + ':' + host.substr(middle + 1));
    }
    for (const auto& [name, addresses] : build["extra_hosts"].entries()) {
        for (const std::string& address : addresses.texts())
            request.extraHosts.push_back(name + ':' + address);
    }
    makePlatform(service, build["platforms"], request);
    makeAllowed(build, request);
    made.build = makeBuildSources(making, build, request);
    makeBuildSecrets(making, build["secrets"], request);
    makeAgents(making, build["ssh"], request);
    made.platform = request.platform;
    making.made.builds.push_back(std::move(request));
}

} // namespace

void makeImage(Making& making, const Part& service, StackService& made) {
    made.image = service.text("image");
    made.platform = service.text("platform");
    made.pullPolicy = pullPolicyOf(service["pull_policy"]);
    if (service["build"]) {
        if (made.image.empty())
            made.image = making.project.name + '-' + made.name;
        makeBuild(making, service, made);
    } else if (made.pullPolicy == PullPolicy::Build) {
        service["pull_policy"].error("nothing says how the image is to be built", "Add a build.");
    }
}

} // namespace escale::compose
