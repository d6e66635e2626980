// Debian's python3-docker: python/test_docker.py.
#include "tests/helper/docker-api/client_script.h"

#include "engine/base/file.h"

using namespace escale;
using namespace escale::test;

class PythonDockerTest : public DockerTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(exists("/usr/lib/python3/dist-packages/docker"), "needs the package python3-docker");
        startDocker();
    }
    void works_data() { addCasesOf("python/test_docker.py", "^    def test_(\\w+)"); }
    void works() {
        QFETCH(QString, name);
        VERIFY_PASSED(run(
            {"/usr/bin/python3", "-m", "unittest", "test_docker.PythonDocker.test_" + name.toStdString()}, {},
            {"PYTHONPATH=" + scriptFolder() + "/python", "PYTHONDONTWRITEBYTECODE=1", "IMAGE=" + image(),
             "REGISTRY=" + m_machine->registry().host()}));
    }
};

ESCALE_TEST(PythonDockerTest)
#include "python_docker_test.moc"
