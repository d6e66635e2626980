// Over many random stacks, and things that have happened to them: a plan leads to what the file says whatever
// order its threads take, touches nothing else, and there is nothing to do after it.
#include "engine/base/cancellation.h"
#include "tests/compose/stack_simulation.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <random>

using namespace escale;
using namespace escale::test;

namespace {

class Chance {
public:
    explicit Chance(unsigned seed)
        : m_random(seed) {}
    /// One of count numbers from 0.
    unsigned number(unsigned count) { return static_cast<unsigned>(m_random() % count); }
    bool once(unsigned in) { return number(in) == 0; }
    template <class Container>
    auto& of(Container& container) {
        return container[number(static_cast<unsigned>(container.size()))];
    }

private:
    std::mt19937 m_random;
};

StackNetwork network(const std::string& key) {
    StackNetwork network;
    network.key = key;
    network.name = "p_" + key;
    return network;
}

/// Up to ten services that depend on former ones.
Stack randomStack(Chance& chance) {
    Stack stack = stackOf({});
    stack.networks.push_back(network("back"));
    StackVolume volume;
    volume.key = "data";
    volume.name = "p_data";
    stack.volumes = {volume};
    const unsigned count = 1 + chance.number(10);
    for (unsigned i = 0; i < count; ++i) {
        StackService made = service(std::string(1, char('a' + i)));
        for (unsigned other = 0; other < i; ++other) {
            if (chance.once(4))
                made.dependencies.push_back({stack.services[other].name, DependsOn(chance.number(3)),
                                             chance.once(2), !chance.once(4)});
        }
        made.replicas = chance.once(5) ? chance.number(4) : 1;
        if (i > 0 && chance.once(6) && stack.services[i - 1].replicas > 0) {
            made.options.network = "service:" + stack.services[i - 1].name;
            made.dependencies.push_back({stack.services[i - 1].name, DependsOn::Started, true});
        } else if (chance.once(3)) {
            made.options.networks = {"name=p_back"};
        }
        if (chance.once(3))
            made.options.mounts = {"type=volume,source=p_data,target=/data"};
        if (chance.once(4))
            made.options.publish = {"80"};
        if (!made.options.network.starts_with("service:") || made.options.networks.empty())
            stack.services.push_back(std::move(made));
    }
    for (auto& each : stack.services) {
        if (each.options.network.starts_with("service:"))
            each.options.publish.clear();
    }
    return stack;
}

/// What somebody does to the file.
void edit(Stack& stack, ImageDigests& images, Chance& chance) {
    auto& service = chance.of(stack.services);
    switch (chance.number(6)) {
    case 0:
        service.options.environment.push_back("A=" + std::to_string(chance.number(100)));
        break;
    case 1:
        service.replicas = std::max(1U, chance.number(4));
        break;
    case 2:
        images[service.name] += "1";
        break;
    case 3:
        chance.of(stack.networks).mtu = 1000 + chance.number(400);
        break;
    case 4:
        service.dependencies.clear();
        break;
    default:
        break; // nothing
    }
}

/// What happens to the containers.
void disturb(StackSimulation& there, Chance& chance) {
    if (there.observed.containers.empty())
        return;
    auto& container = chance.of(there.observed.containers);
    switch (chance.number(6)) {
    case 0:
        container.state = ContainerState::Exited;
        break;
    case 1:
        container.state = ContainerState::Paused;
        break;
    case 2:
        there.remove(std::string(container.name));
        break;
    case 3: { // a recreate that was cancelled before the old one went
        ObservedContainer left = container;
        left.id += "-new";
        left.replaces = container.id;
        left.name = container.id.substr(0, 12) + '_' + container.name;
        left.state = ContainerState::Created;
        if (there.find(left.name) != nullptr)
            break;
        there.observed.containers.push_back(left);
        break;
    }
    case 4: // and one after that
        container.replaces = "gone";
        container.name = "gone_" + container.name;
        container.state = ContainerState::Created;
        break;
    default:
        break;
    }
}

/// As threads would: any of the steps whose time has come.
std::string applyInAnyOrder(const StackPlan& plan, StackSimulation& there, const Stack& stack,
                            const ImageDigests& images, Chance& chance) {
    std::set<std::size_t> done;
    for (const auto& step : plan.steps)
        if (step.kind == StackStep::Kind::Remove)
            there.leaving.insert(step.container);
    while (done.size() < plan.steps.size()) {
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < plan.steps.size(); ++i) {
            const auto& after = plan.steps[i].after;
            if (!done.contains(i) && std::all_of(after.begin(), after.end(),
                                                 [&](std::size_t other) { return done.contains(other); }))
                ready.push_back(i);
        }
        if (ready.empty())
            return "the steps wait for each other";
        const std::size_t next = chance.of(ready);
        if (plan.steps[next].kind == StackStep::Kind::Start)
            for (const auto& dependency : stack.services)
                if (dependency.name == plan.steps[next].service)
                    for (const auto& needed : dependency.dependencies)
                        for (const auto& container : there.observed.containers)
                            if (container.service == needed.service &&
                                !there.leaving.contains(container.id) &&
                                container.name.find('_') == std::string::npos && !isAlive(container.state) &&
                                container.state != ContainerState::Restarting)
                                return plan.steps[next].name + " starts before " + container.name;
        if (auto problem = there.apply(plan.steps[next], stack, images); !problem.empty())
            return problem;
        done.insert(next);
    }
    return {};
}

/// Services that the file, or what happened to them, or what they hang on gives a reason to touch.
std::set<std::string> reasons(const Stack& stack, const StackSimulation& there, const ImageDigests& images) {
    std::set<std::string> touched;
    for (const auto& service : stack.services) {
        std::map<unsigned, int> numbers;
        unsigned count = 0;
        bool isTouched = false;
        for (const auto& container : there.observed.containers) {
            if (container.service != service.name)
                continue;
            ++count;
            isTouched = isTouched || container.configHash != serviceHash(stack, service) ||
                        container.imageDigest != images.at(service.name) ||
                        container.state != ContainerState::Running || ++numbers[container.number] > 1;
        }
        if (isTouched || count != service.replicas)
            touched.insert(service.name);
    }
    for (bool more = true; more;) {
        more = false;
        for (const auto& service : stack.services) {
            if (service.options.network.starts_with("service:") &&
                touched.contains(service.options.network.substr(8)))
                more = touched.insert(service.name).second || more;
            for (const auto& dependency : service.dependencies)
                if (dependency.restart && touched.contains(dependency.service))
                    more = touched.insert(service.name).second || more;
        }
    }
    return touched;
}

} // namespace

class StackPlanPropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlanLeadsToTheFile_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 0; seed < 40; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void aPlanLeadsToTheFile() {
        QFETCH(unsigned, seed);
        Chance chance(seed);
        for (int round = 0; round < 8; ++round) {
            Stack stack = randomStack(chance);
            if (stack.services.empty())
                continue;
            ImageDigests images = imagesOf(stack);
            StackSimulation there;
            for (int turn = 0; turn < 6; ++turn) {
                const std::set<std::string> reason = reasons(stack, there, images);
                const auto made = planUp(stack, there.observed, images, {});
                QVERIFY2(made, made ? "" : made.error().message.c_str());
                for (std::size_t i = 0; i < made->steps.size(); ++i) {
                    const StackStep& step = made->steps[i];
                    for (const std::size_t other : step.after)
                        QVERIFY2(other < i, wordsOf(*made).c_str());
                    const bool isContainers = !step.service.empty() && step.kind != StackStep::Kind::Wait;
                    QVERIFY2(!isContainers || reason.contains(step.service),
                             (step.service + " is touched without need\n" + wordsOf(*made, true)).c_str());
                }
                const auto problem = applyInAnyOrder(*made, there, stack, images, chance);
                QVERIFY2(problem.empty(), (problem + "\n" + wordsOf(*made, true)).c_str());
                const auto after = planUp(stack, there.observed, images, {});
                QVERIFY(after);
                QVERIFY2(after->steps.empty(),
                         (wordsOf(*made, true) + "\nthen\n" + wordsOf(*after, true)).c_str());
                for (const auto& each : stack.services) {
                    const auto count =
                        std::count_if(there.observed.containers.begin(), there.observed.containers.end(),
                                      [&](const auto& container) { return container.service == each.name; });
                    QCOMPARE(unsigned(count), each.replicas);
                }
                edit(stack, images, chance);
                disturb(there, chance);
                disturb(there, chance);
            }
            // And from whatever there is, down leaves nothing.
            const StackPlan end = planDown("p", there.observed, {});
            const auto problem = applyInAnyOrder(end, there, {}, {}, chance);
            QVERIFY2(problem.empty(), (problem + "\n" + wordsOf(end)).c_str());
            QVERIFY(there.observed.containers.empty() && there.observed.networks.empty());
        }
    }
};

ESCALE_TEST(StackPlanPropertyTest)
#include "stack_plan_property_test.moc"
