// Compose files → projects: the cases of tests/data/compose/load, and what a table cannot say.
#include "engine/base/file.h"
#include "engine/stack/compose/load_project.h"

#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/stat.h>

using namespace escale;
using namespace escale::compose;

namespace {

const std::string kCases = ESCALE_TEST_DATA "/compose/load/";
const std::string kSeen = "/case";

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// A case's folder, seen as /case; what is read is counted.
struct CaseFolder {
    std::string folder;
    std::map<std::string, int> reads = {};

    Result<std::string> read(const std::string& path) {
        ++reads[path];
        if (!path.starts_with(kSeen + '/'))
            return fail(ErrorCode::NotFound, "cannot open " + path + ": No such file or directory");
        auto text = escale::readFile(folder + path.substr(kSeen.size()));
        if (!text)
            return fail(text.error().code, "cannot open " + path + ": No such file or directory");
        return text;
    }
    [[nodiscard]] bool has(const std::string& name) const { return exists(folder + '/' + name); }
    [[nodiscard]] std::string text(const std::string& name) const {
        return has(name) ? escale::readFile(folder + '/' + name).value() : std::string();
    }
};

void ask(LoadRequest& request, const std::string& line) {
    const auto space = line.find(' ');
    const std::string key = line.substr(0, space);
    const std::string value = line.substr(space + 1);
    if (key == "file")
        request.files.push_back(kSeen + '/' + value);
    else if (key == "environment")
        request.environment[value.substr(0, value.find('='))] = value.substr(value.find('=') + 1);
    else if (key == "environment-file")
        request.environmentFiles.push_back(value);
    else if (key == "profile")
        request.profiles.insert(value);
    else if (key == "service")
        request.services.insert(value);
    else if (key == "name")
        request.projectName = value;
    else if (key == "directory")
        request.projectDirectory = value;
    else
        QFAIL(("no word of a request: " + line).c_str());
}

LoadRequest requestOf(CaseFolder& folder) {
    LoadRequest request;
    for (const auto& line : linesOf(folder.text("request")))
        ask(request, line);
    for (const char* name : {"compose.yaml", "compose.override.yaml"}) {
        if (folder.has(name) && folder.text("request").find("file ") != 0)
            request.files.push_back(kSeen + '/' + name);
    }
    request.read = [&folder](const std::string& path) { return folder.read(path); };
    return request;
}

std::string fileNameOf(const Loaded& loaded, std::uint32_t file) {
    const std::string& path = loaded.files.at(file).path;
    return path.starts_with(kSeen + '/') ? path.substr(kSeen.size() + 1) : path;
}

std::string placeOf(const Loaded& loaded, const Place& place) {
    if (place.line == 0)
        return "-";
    return fileNameOf(loaded, place.file) + ':' + std::to_string(place.line);
}

std::string problemsOf(const Loaded& loaded) {
    std::string text;
    for (const auto& problem : loaded.problems) {
        if (problem.severity == Problem::Severity::Note)
            continue;
        text += problem.severity == Problem::Severity::Error ? "error " : "warning ";
        text += placeOf(loaded, problem.place);
        if (problem.place.line != 0)
            text += ':' + std::to_string(problem.place.column);
        text += ' ' + problem.what + '\n';
    }
    return text;
}

std::string placesOf(const Loaded& loaded, const std::string& asked) {
    std::string text;
    for (const auto& line : linesOf(asked)) {
        const std::string path = line.substr(0, line.find(' '));
        const Node* node = &loaded.project.root;
        std::istringstream keys(path);
        for (std::string key; node != nullptr && std::getline(keys, key, '.');)
            node = node->find(key);
        text += path + ' ' + (node != nullptr ? placeOf(loaded, node->place) : "nothing") + '\n';
    }
    return text;
}

/// compose.yaml of the text alone.
Loaded loadText(const std::string& text) {
    LoadRequest request;
    request.files = {"/case/compose.yaml"};
    request.read = [&](const std::string& path) -> Result<std::string> {
        if (path == "/case/compose.yaml")
            return text;
        return fail(ErrorCode::NotFound, "there is no " + path);
    };
    return loadProject(request);
}

std::string allErrors(const Loaded& loaded) {
    std::string text;
    for (const auto& problem : loaded.problems) {
        if (problem.severity == Problem::Severity::Error)
            text += problem.what + '\n';
    }
    return text;
}

} // namespace

class LoadProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatTheCaseSays_data() {
        QTest::addColumn<QString>("folder");
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
            if (entry.is_directory())
                names.insert(entry.path().filename());
        }
        QVERIFY(names.size() > 50);
        for (const auto& name : names)
            QTest::newRow(name.c_str()) << QString::fromStdString(kCases + name);
    }
    void givesWhatTheCaseSays() {
        QFETCH(QString, folder);
        CaseFolder given{folder.toStdString()};
        const Loaded loaded = loadProject(requestOf(given));
        const bool renew = std::getenv("ESCALE_RENEW_CASES") != nullptr;
        if (renew)
            write(given, loaded);
        QCOMPARE(problemsOf(loaded), given.text("problems"));
        if (given.has("config.yaml"))
            QCOMPARE(configText(loaded.project), given.text("config.yaml"));
        if (given.has("places"))
            QCOMPARE(placesOf(loaded, given.text("places")), given.text("places"));
    }

    void readsNothingThatIsNotNamed_data() { givesWhatTheCaseSays_data(); }
    void readsNothingThatIsNotNamed() {
        QFETCH(QString, folder);
        CaseFolder given{folder.toStdString()};
        const LoadRequest request = requestOf(given);
        const Loaded loaded = loadProject(request);
        // Every path is one of the request, a ".env" beside a model, or written in a file that was read.
        std::string said;
        for (const auto& file : loaded.files)
            said += file.text;
        for (const auto& [name, value] : request.environment)
            said += value + '\n';
        for (const auto& [path, count] : given.reads) {
            QCOMPARE(count, 1);
            const std::string name = path.substr(path.rfind('/') + 1);
            const std::string stem = name.substr(0, name.find('.'));
            const bool isAsked =
                std::find(request.files.begin(), request.files.end(), path) != request.files.end() ||
                std::find(request.environmentFiles.begin(), request.environmentFiles.end(), name) !=
                    request.environmentFiles.end();
            QVERIFY2(isAsked || name == ".env" || said.find(stem) != std::string::npos, path.c_str());
        }
    }

    void canonicalFormLoadsToItself_data() { givesWhatTheCaseSays_data(); }
    void canonicalFormLoadsToItself() {
        QFETCH(QString, folder);
        CaseFolder given{folder.toStdString()};
        const Loaded first = loadProject(requestOf(given));
        if (hasErrors(first.problems))
            return;
        LoadRequest request;
        request.files = {"/case/compose.yaml"};
        request.profiles = {"*"};
        const std::string text = configText(first.project);
        request.read = [&](const std::string& path) -> Result<std::string> {
            if (path == "/case/compose.yaml")
                return text;
            return fail(ErrorCode::NotFound, "there is no " + path);
        };
        const Loaded second = loadProject(request);
        QCOMPARE(allErrors(second), std::string());
        QCOMPARE(configText(second.project), text);
    }

    void everyBeginningOfAFileIsAnswered_data() { givesWhatTheCaseSays_data(); }
    void everyBeginningOfAFileIsAnswered() {
        QFETCH(QString, folder);
        CaseFolder given{folder.toStdString()};
        LoadRequest request = requestOf(given);
        const std::string text = given.text("compose.yaml");
        for (std::size_t length = 0; length < text.size(); length += 1 + text.size() / 60) {
            request.read = [&](const std::string& path) -> Result<std::string> {
                return path == "/case/compose.yaml" ? text.substr(0, length) : given.read(path);
            };
            const Loaded loaded = loadProject(request);
            for (const auto& problem : loaded.problems) {
                QVERIFY(!problem.what.empty());
                QVERIFY(problem.place.line == 0 || problem.place.file < loaded.files.size());
            }
            (void)configText(loaded.project);
        }
    }

    void tellsWhatWasUsed() {
        CaseFolder given{kCases + "interpolated_from_env_file"};
        const Loaded loaded = loadProject(requestOf(given));
        QCOMPARE(loaded.used, (std::set<std::string>{"A", "B", "C", "TAG"}));
        QCOMPARE(loaded.variables.at("A").value, std::string("outside"));
        QVERIFY(loaded.variables.at("TAG").source == Variable::Source::File);
        QCOMPARE(placeOf(loaded, loaded.variables.at("TAG").place), std::string(".env:1"));
        QCOMPARE(loaded.files.size(), std::size_t(2));
    }

    void tellsDependenciesWithThoseThatAreImplied() {
        CaseFolder given{kCases + "implied_dependencies"};
        const Loaded loaded = loadProject(requestOf(given));
        const auto needed = dependenciesOf(loaded.project, "side");
        QCOMPARE(needed.size(), std::size_t(3));
        QCOMPARE(needed[0].service, std::string("cache"));
        QVERIFY(needed[1].service == "db" && needed[1].condition == DependsOn::Healthy);
        QVERIFY(needed[2].service == "web" && needed[2].restart && needed[2].required);
    }

    void tellsNetworksAndVolumesOfAService() {
        CaseFolder given{kCases + "names_of_resources"};
        const Loaded loaded = loadProject(requestOf(given));
        QCOMPARE(networksOf(loaded.project, "web"), (std::vector<std::string>{"n", "e", "f"}));
        QCOMPARE(volumesOf(loaded.project, "web"), (std::vector<std::string>{"vol", "ext"}));
        QVERIFY(networksOf(loaded.project, "nobody").empty());
    }

    void refusesInDisabledServicesAreWarnings() {
        const Loaded loaded = loadText("services:\n  a: {image: x}\n"
                                       "  b: {image: x, profiles: [p], runtime: other}\n");
        QCOMPARE(allErrors(loaded), std::string());
    }

    void manyFilesAreTooMany() {
        std::string text = "services: {web: {image: a}}\ninclude:\n";
        for (int i = 0; i < 300; ++i)
            text += "  - f" + std::to_string(i) + ".yaml\n";
        LoadRequest request;
        request.files = {"/case/compose.yaml"};
        int reads = 0;
        request.read = [&](const std::string& path) -> Result<std::string> {
            ++reads;
            if (path == "/case/compose.yaml")
                return text;
            if (path.ends_with(".yaml"))
                return std::string("services: {}\n");
            return fail(ErrorCode::NotFound, "none");
        };
        QVERIFY(allErrors(loadProject(request)).find("more than 200 files") != std::string::npos);
        QVERIFY(reads < 250);
    }

    void includedFilesAreTogetherNoLargerThanAllowed() {
        // Each of them is a small text of 150,000 values.
        std::string bomb =
            "x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nx-b: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
            "x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nx-d: [";
        for (int i = 0; i < 160; ++i)
            bomb += "*c, ";
        bomb += "1]\n";
        LoadRequest request;
        request.files = {"/case/compose.yaml"};
        request.read = [&](const std::string& path) -> Result<std::string> {
            if (path == "/case/compose.yaml") {
                std::string text = "include:\n";
                for (int i = 0; i < 100; ++i)
                    text += "  - f" + std::to_string(i) + ".yaml\n";
                return text;
            }
            return path.ends_with(".yaml") ? Result<std::string>(bomb) : fail(ErrorCode::NotFound, "none");
        };
        QVERIFY(allErrors(loadProject(request)).find("becomes larger than 500000 values") !=
                std::string::npos);
    }

    void includesThatDoubleEndSoon() {
        LoadRequest request;
        request.files = {"/case/0.yaml"};
        request.read = [](const std::string& path) -> Result<std::string> {
            if (!path.ends_with(".yaml"))
                return fail(ErrorCode::NotFound, "none");
            const int number = std::stoi(path.substr(6));
            const std::string next = std::to_string(number + 1) + ".yaml";
            return "include: [" + next + ", " + next + "]\nservices: {s" + std::to_string(number) +
                   ": {image: a}}\n";
        };
        const Loaded loaded = loadProject(request);
        QVERIFY(hasErrors(loaded.problems));
    }

    void extendsThatDoubleEndSoon() {
        std::string text = "services:\n  s0: {image: a, environment: {A: 1}}\n";
        for (int i = 1; i < 1000; ++i)
            text +=
                "  s" + std::to_string(i) + ": {extends: s0, environment: {E" + std::to_string(i) + ": 1}}\n";
        QVERIFY(!hasErrors(loadText(text).problems));
        text = "services:\n  s0: {image: a}\n";
        for (int i = 1; i < 100; ++i)
            text += "  s" + std::to_string(i) + ": {extends: s" + std::to_string(i - 1) + "}\n";
        QVERIFY(allErrors(loadText(text)).find("more than 40 deep") != std::string::npos);
    }

    void aLongRowOfDependenciesIsNoRecursion() {
        std::string text = "services:\n  s0: {image: a}\n";
        for (int i = 1; i < 1000; ++i)
            text +=
                "  s" + std::to_string(i) + ": {image: a, depends_on: [s" + std::to_string(i - 1) + "]}\n";
        QCOMPARE(allErrors(loadText(text)), std::string());
    }

    void moreServicesThanTheEngineTakesEndSoon() {
        std::string text = "services:\n";
        for (int i = 0; i < 30000; ++i)
            text += "  s" + std::to_string(i) + ": {image: a, depends_on: [z]}\n";
        const Loaded loaded = loadText(text);
        QVERIFY(allErrors(loaded).find("not supported: more than 1000 services") != std::string::npos);
        QCOMPARE(serviceNames(loaded.project).size(), std::size_t(1000));
        const auto told =
            std::find_if(loaded.problems.begin(), loaded.problems.end(),
                         [](const auto& problem) { return problem.what.starts_with("not supported"); });
        QCOMPARE(told->place.line, 1002U); // where the first one stands that is too many
    }

    void twoThousandLinesOfFiftyServices() {
        std::string text = "x-log: &log {driver: json-file, options: {max-size: 1m}}\nservices:\n";
        for (int i = 0; i < 50; ++i) {
            const std::string number = std::to_string(i);
            text += "  s" + number + ":\n    image: registry.example/app:${TAG:-" + number +
                    "}\n    restart: unless-stopped\n    logging: *log\n    networks: [front, back]\n"
                    "    healthcheck:\n      test: [CMD, curl, localhost]\n      interval: 10s\n    ports:\n"
                    "      - \"" +
                    std::to_string(8000 + i) + ":80\"\n    volumes:\n      - data:/data\n      - ./conf/" +
                    number + ":/etc/app:ro\n    environment:\n";
            for (int j = 0; j < 20; ++j)
                text +=
                    "      VARIABLE_" + std::to_string(j) + ": \"value ${V" + std::to_string(j) + ":-x}\"\n";
            text += "    labels:\n";
            for (int j = 0; j < 5; ++j)
                text += "      - com.example.label" + std::to_string(j) + "=value\n";
            if (i > 0)
                text += "    depends_on:\n      - s" + std::to_string(i - 1) + "\n";
        }
        text += "networks: {front: , back: }\nvolumes: {data: }\n";
        QVERIFY(std::count(text.begin(), text.end(), '\n') > 1900);
        Loaded loaded;
        QBENCHMARK {
            loaded = loadText(text);
        }
        QCOMPARE(allErrors(loaded), std::string());
    }

    void findsFilesUpwards() {
        QTemporaryDir folder;
        const std::string root = std::filesystem::canonical(folder.path().toStdString());
        std::filesystem::create_directories(root + "/deep/er");
        const auto touch = [&](const std::string& name) {
            std::ofstream(root + '/' + name) << "services:\n";
        };
        touch("docker-compose.yml");
        touch("docker-compose.override.yml");
        QCOMPARE(
            findComposeFiles(root + "/deep/er").value(),
            (std::vector<std::string>{root + "/docker-compose.yml", root + "/docker-compose.override.yml"}));
        touch("deep/compose.yaml");
        QCOMPARE(findComposeFiles(root + "/deep/er").value(),
                 (std::vector<std::string>{root + "/deep/compose.yaml"}));
        QVERIFY(findComposeFiles("/proc/self").error().code == ErrorCode::NotFound);
    }

    void filesOfTheVariableComposeFile() {
        CaseFolder given{kCases + "merge_maps"};
        LoadRequest request = requestOf(given);
        request.files.clear();
        request.projectDirectory = "/case";
        request.environment["COMPOSE_FILE"] = "compose.yaml,compose.override.yaml";
        request.environment["COMPOSE_PATH_SEPARATOR"] = ",";
        const Loaded loaded = loadProject(request);
        QCOMPARE(loaded.project.files,
                 (std::vector<std::string>{"/case/compose.yaml", "/case/compose.override.yaml"}));
        QCOMPARE(configText(loaded.project), given.text("config.yaml"));
    }

    void readFileReadsFilesAndPipesAlone() {
        QTemporaryDir folder;
        const std::string root = folder.path().toStdString();
        std::ofstream(root + "/file") << "text";
        QCOMPARE(compose::readFile(root + "/file").value(), std::string("text"));
        QVERIFY(compose::readFile(root).error().code == ErrorCode::NotFound);
        QVERIFY(compose::readFile(root + "/none").error().code == ErrorCode::NotFound);
        QVERIFY(compose::readFile("/dev/zero").error().code == ErrorCode::InvalidArgument);
        QCOMPARE(::mkfifo((root + "/pipe").c_str(), 0600), 0);
        QCOMPARE(compose::readFile(root + "/pipe").value(), std::string()); // nobody writes
        std::ofstream(root + "/large") << std::string((4U << 20) + 1, 'x');
        QVERIFY(!compose::readFile(root + "/large"));
    }

private:
    /// ESCALE_RENEW_CASES=1: writes what comes out, to be read before it is kept.
    static void write(const CaseFolder& given, const Loaded& loaded) {
        const auto put = [&](const char* name, const std::string& text) {
            std::ofstream(given.folder + '/' + name) << text;
        };
        if (given.has("config.yaml") || problemsOf(loaded).empty())
            put("config.yaml", configText(loaded.project));
        if (given.has("problems") || !problemsOf(loaded).empty())
            put("problems", problemsOf(loaded));
        if (given.has("places"))
            put("places", placesOf(loaded, given.text("places")));
    }
};

ESCALE_TEST(LoadProjectTest)
#include "load_project_test.moc"
