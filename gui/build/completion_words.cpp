#include "gui/build/completion_words.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CompletionWords)
public:
    static QString meaning(Keyword keyword);
    static CompletionWords flags(Keyword keyword);
    static CompletionWords copyFlags(bool isAdd);
    static CompletionWords mountKeys(const QString& type);
    static CompletionWords mountTypes();
    static CompletionWords values(Keyword keyword, const QString& flag);
    static CompletionWords platforms();
    static CompletionWords directives();
};

QString text(const char* ascii) {
    return QString::fromLatin1(ascii);
}

QString Words::meaning(Keyword keyword) {
    switch (keyword) {
    case Keyword::Add:
        return tr("Adds files, addresses and unpacked archives");
    case Keyword::Arg:
        return tr("A variable of the build, given with --build-arg");
    case Keyword::Cmd:
        return tr("What a container runs when nothing else is asked for");
    case Keyword::Copy:
        return tr("Copies files of the folder, of a stage or of an image");
    case Keyword::Entrypoint:
        return tr("The program that a container always runs");
    case Keyword::Env:
        return tr("A variable of the build and of every container");
    case Keyword::Expose:
        return tr("Says on which ports the program listens");
    case Keyword::From:
        return tr("Begins a stage on an image");
    case Keyword::Healthcheck:
        return tr("A command that tells whether the program answers");
    case Keyword::Label:
        return tr("A fact about the image, as name=value");
    case Keyword::Maintainer:
        return tr("Of the past: write LABEL instead");
    case Keyword::OnBuild:
        return tr("An instruction for builds on top of this image");
    case Keyword::Run:
        return tr("Runs a command and keeps what it changes as a layer");
    case Keyword::Shell:
        return tr("The shell that runs commands written as text");
    case Keyword::StopSignal:
        return tr("The signal that asks the program to end");
    case Keyword::User:
        return tr("Who runs what follows, and the containers");
    case Keyword::Volume:
        return tr("A folder whose content lives outside the image");
    case Keyword::Workdir:
        return tr("The folder in which what follows happens");
    }
    return {};
}

CompletionWords Words::copyFlags(bool isAdd) {
    CompletionWords words{
        {text("--chown="), tr("Owner of the copies: user:group")},
        {text("--chmod="), tr("Permissions of the copies: 0644")},
        {text("--link"), tr("A layer of its own, that stays cached when those below change")},
        {text("--parents"), tr("Keeps the folders that the sources are in")},
        {text("--exclude="), tr("A pattern of what is not copied")}};
    if (isAdd)
        words += {{text("--checksum="), tr("The digest that the download must have: sha256:…")},
                  {text("--keep-git-dir="), tr("Keeps the .git folder of a repository")},
                  {text("--unpack="), tr("Whether archives are unpacked")}};
    else
        words.prepend({text("--from="), tr("A stage above, or an image, to copy from")});
    return words;
}

CompletionWords Words::flags(Keyword keyword) {
    switch (keyword) {
    case Keyword::Add:
        return copyFlags(true);
    case Keyword::Copy:
        return copyFlags(false);
    case Keyword::From:
        return {{text("--platform="), tr("The platform of the image: linux/arm64")}};
    case Keyword::Run:
        return {{text("--mount="), tr("A cache, a secret, files of elsewhere: while this command runs")},
                {text("--network="), tr("Whether the command reaches the network")},
                {text("--security="), tr("Whether the command runs in the sandbox")}};
    case Keyword::Healthcheck:
        return {{text("--interval="), tr("Time between two checks: 30s")},
                {text("--timeout="), tr("How long a check may take")},
                {text("--start-period="), tr("How long the program may take to start")},
                {text("--start-interval="), tr("Time between checks while it starts")},
                {text("--retries="), tr("Checks in a row that must fail")}};
    default:
        return {};
    }
}

CompletionWords Words::mountTypes() {
    return {{text("cache"), tr("A folder that builds share: package managers' downloads")},
            {text("bind"), tr("Files of the folder, a stage or an image, without copying them")},
            {text("secret"), tr("A file that never gets into a layer")},
            {text("ssh"), tr("The keys of your SSH agent, for this command")},
            {text("tmpfs"), tr("A folder in memory, gone afterwards")}};
}

CompletionWords Words::mountKeys(const QString& type) {
    const bool any = type.isEmpty();
    const bool isCache = type == QLatin1String("cache"), isBind = type == QLatin1String("bind");
    const bool isSecret = type == QLatin1String("secret"), isSsh = type == QLatin1String("ssh");
    CompletionWords words;
    if (any)
        words.append({text("type="), tr("cache, bind, secret, ssh or tmpfs")});
    words.append({text("target="), tr("Where the command finds it")});
    if (any || isCache || isSecret || isSsh)
        words.append({text("id="), tr("The name under which it is known")});
    if (any || isCache || isBind)
        words += {{text("from="), tr("A stage above, or an image")},
                  {text("source="), tr("The path in it")},
                  {text("readonly"), tr("The command cannot write there")}};
    if (any || isBind)
        words.append({text("readwrite"), tr("The command may write there; it is not kept")});
    if (any || isCache)
        words.append({text("sharing="), tr("shared, private or locked: what builds at the same time do")});
    if (any || isSecret || isSsh)
        words.append({text("required"), tr("The build fails without it")});
    if (any || isSecret)
        words.append({text("env="), tr("Gives it as this variable")});
    if (any || type == QLatin1String("tmpfs"))
        words.append({text("size="), tr("At most: 64m")});
    if (any || isCache || isSecret || isSsh)
        words += {{text("mode="), tr("Its permissions: 0755")},
                  {text("uid="), tr("The number of its user")},
                  {text("gid="), tr("The number of its group")}};
    return words;
}

CompletionWords Words::values(Keyword keyword, const QString& flag) {
    if (flag == QLatin1String("network"))
        return {{text("default"), tr("The network of the build")},
                {text("none"), tr("No network at all")},
                {text("host"), tr("The network of this machine")}};
    if (flag == QLatin1String("security"))
        return {{text("sandbox"), {}},
                {text("insecure"), tr("With all rights: only when the build allows it")}};
    if (flag == QLatin1String("chmod"))
        return {{text("0644"), tr("Everybody may read")},
                {text("0755"), tr("Everybody may read and execute")},
                {text("0600"), tr("Only the owner may read")}};
    if (keyword == Keyword::Healthcheck && flag != QLatin1String("retries"))
        return {{text("5s"), {}}, {text("10s"), {}}, {text("30s"), {}}, {text("1m"), {}}};
    if (flag == QLatin1String("keep-git-dir") || flag == QLatin1String("unpack"))
        return {{text("true"), {}}, {text("false"), {}}};
    return {};
}

CompletionWords Words::platforms() {
    return {{text("$BUILDPLATFORM"), tr("The platform of the machine that builds")},
            {text("$TARGETPLATFORM"), tr("The platform the image is for")},
            {text("linux/amd64"), {}},
            {text("linux/arm64"), {}},
            {text("linux/arm/v7"), {}},
            {text("linux/386"), {}},
            {text("linux/ppc64le"), {}},
            {text("linux/riscv64"), {}},
            {text("linux/s390x"), {}}};
}

CompletionWords Words::directives() {
    return {{text("syntax=docker/dockerfile:1"), tr("The version of the language")},
            {text("check=error=true"), tr("Findings of the build's checks make it fail")},
            {text("escape=`"), tr("Another sign at the end of lines that go on")},
            {text("hadolint ignore="), tr("Silences rules for the next instruction")}};
}

} // namespace

QString instructionMeaning(Keyword keyword) {
    return Words::meaning(keyword);
}

CompletionWords instructionWords() {
    CompletionWords words;
    // In the order in which a file is written, mostly.
    for (const Keyword keyword : {Keyword::From, Keyword::Run, Keyword::Copy, Keyword::Workdir, Keyword::Env,
                                  Keyword::Arg, Keyword::User, Keyword::Expose, Keyword::Cmd,
                                  Keyword::Entrypoint, Keyword::Healthcheck, Keyword::Label, Keyword::Add,
                                  Keyword::Volume, Keyword::Shell, Keyword::StopSignal, Keyword::OnBuild}) {
        const std::string_view name = keywordName(keyword);
        words.append({QString::fromLatin1(name.data(), qsizetype(name.size())), Words::meaning(keyword)});
    }
    return words;
}

CompletionWords flagWords(Keyword keyword) {
    return Words::flags(keyword);
}

CompletionWords mountKeys(const QString& type) {
    return Words::mountKeys(type);
}

CompletionWords mountTypes() {
    return Words::mountTypes();
}

CompletionWords flagValues(Keyword keyword, const QString& flag) {
    return Words::values(keyword, flag);
}

CompletionWords platformWords() {
    return Words::platforms();
}

CompletionWords platformArguments() {
    CompletionWords words;
    for (const char* name : {"TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "BUILDPLATFORM",
                             "BUILDOS", "BUILDARCH", "BUILDVARIANT"})
        words.append({text(name), {}});
    return words;
}

CompletionWords signalWords() {
    CompletionWords words;
    for (const char* name :
         {"SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGKILL"})
        words.append({text(name), {}});
    return words;
}

CompletionWords directiveWords() {
    return Words::directives();
}

} // namespace escale::gui
