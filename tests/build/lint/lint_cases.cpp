#include "tests/build/lint/lint_cases.h"

namespace escale::test {
namespace {

LintContext nothingKnown() {
    return {};
}

LintContext withoutIgnoreFile() {
    LintContext context;
    context.knowsFolder = true;
    return context;
}

LintContext ignoring(const char* patterns) {
    LintContext context = withoutIgnoreFile();
    if (auto file = IgnoreFile::parse(patterns))
        context.ignoreFile = std::move(*file);
    return context;
}

LintContext having(const char* source) {
    LintContext context = ignoring("");
    context.sources = std::set<std::string>{source};
    return context;
}

LintContext knownImage() {
    LintContext context;
    context.targetPlatform = "linux/amd64";
    context.images["known:1"] = {"linux/arm64", {"APP_HOME"}};
    return context;
}

} // namespace

std::vector<LintCase> lintCases() {
    std::vector<LintCase> cases;
    const auto add = [&](const char* rule, const char* source, const char* places, const char* settings = "",
                         LintContext context = nothingKnown()) {
        cases.push_back({rule, source, places, settings, std::move(context)});
    };
    add("DL1001", "# hadolint ignore=DL3006\nFROM debian\n", "1:1-1:25", "override: {warning: [DL1001]}");
    add("DL1001", "# hadolint global ignore=DL3006\nFROM debian\n", "", "override: {warning: [DL1001]}");
    add("DL3000", "FROM debian:12\nWORKDIR app\n", "2:9-2:12");
    add("DL3000", "FROM debian:12\nWORKDIR \"./app\"\n", "2:9-2:16");
    add("DL3000", "FROM debian:12\nWORKDIR /app\nWORKDIR $HOME/x\nWORKDIR 'C:\\\\app'\nWORKDIR \"/a b\"\n",
        "");
    add("DL3001", "FROM debian:12\nRUN echo a && service nginx start\n", "2:15-2:22");
    add("DL3001", "FROM debian:12\nONBUILD RUN /usr/bin/ps\n", "2:13-2:24");
    add("DL3001", "FROM debian:12\nRUN echo service; ./service start\n", "");
    add("DL3002", "FROM debian:12\nUSER 1000\nRUN a\nUSER root:root\n", "4:6-4:15");
    add("DL3002", "FROM debian:12\nUSER root\nRUN a\nUSER app\n", "");
    add("DL3003", "FROM debian:12\nRUN cd /app && make\n", "2:5-2:12");
    add("DL3003", "FROM debian:12\nRUN (true;\\\n  cd x)\n", "3:3-3:7");
    add("DL3003", "FROM debian:12\nRUN echo cd\n", "");
    add("DL3003", "FROM debian:12\nSHELL [\"pwsh\", \"-c\"]\nRUN cd /app\n", "");
    add("DL3004", "FROM debian:12\nRUN sudo make\n", "2:5-2:9");
    add("DL3004", "FROM debian:12\nRUN true \\\n && \\\n  sudo -E make\n", "4:3-4:7");
    add("DL3004", "FROM debian:12\nRUN apt-get install -y sudo=1\n", "");
    add("DL3006", "FROM debian\n", "1:6-1:12");
    add("DL3006", "FROM a:1 AS build\nFROM --platform=x registry:5000/a/b AS c\n", "2:19-2:36");
    add("DL3006", "FROM debian:12\nFROM scratch\nFROM a@sha256:0\nFROM $BASE\n", "");
    add("DL3006", "FROM a:1 AS build\nFROM build\n", "");
    add("DL3006", "ARG TARGETARCH\nFROM a:1 AS run-arm64\nFROM b:1 AS run-amd64\nFROM run-$TARGETARCH\n", "");
    add("DL3007", "FROM debian:latest\n", "1:6-1:19");
    add("DL3007", "FROM debian:12\nFROM a:latest@sha256:0\nFROM localhost:5000/latest:1\n", "");
    add("DL3008",
        "FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl git=1:2.39 "
        "wget\n",
        "2:66-2:70");
    add("DL3008", "FROM debian:12\nRUN [\"apt-get\", \"install\", \"curl\"]\n", "2:5-2:35");
    add("DL3008", "FROM debian:12\nRUN <<EOF\nset -e\napt-get install -y -t bookworm curl\nEOF\n",
        "4:32-4:36");
    add("DL3008",
        "FROM debian:12\nRUN apt-get install -y curl=7.88 ./local.deb $PACKAGES && apt-get -t stable install "
        "-y a/bookworm && apt-get update\n",
        "");
    add("DL3009", "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n", "2:5-2:19");
    add("DL3009",
        "FROM debian:12\nRUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*\n", "");
    add("DL3009", "FROM a:1 AS build\nRUN apt-get update\nFROM b:1\nCOPY --from=build /x /x\n", "");
    add("DL3009",
        "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt "
        "apt-get update\n",
        "");
    add("DL3009", "FROM a:1 AS build\nRUN apt-get update\nFROM build\n", "2:5-2:19");
    add("DL3010", "FROM debian:12\nCOPY x.tar.gz /tmp/\nRUN tar -xzf /tmp/x.tar.gz -C /opt\n", "2:6-2:14");
    add("DL3010", "FROM debian:12\nCOPY a /tmp/y.tgz\nCOPY a.tgz b /tmp/\nRUN tar xf a.tgz\n", "3:6-3:11");
    add("DL3010", "FROM debian:12\nCOPY x.tar.gz /tmp/\nRUN tar -czf /tmp/x.tar.gz /opt\n", "");
    add("DL3010", "FROM a:1 AS b\nFROM c:1\nCOPY --from=b x.tar.gz /\nRUN tar -xf /x.tar.gz\n", "");
    add("DL3011", "FROM debian:12\nEXPOSE 80 70000\n", "2:11-2:16");
    add("DL3011", "FROM debian:12\nEXPOSE 8000-70000/udp\n", "2:8-2:22");
    add("DL3011", "FROM debian:12\nEXPOSE 80 443/tcp 8000-9000 $PORT\n", "");
    add("DL3012", "FROM debian:12\nHEALTHCHECK CMD [\"a\"]\nHEALTHCHECK NONE\n", "3:1-3:12");
    add("DL3012", "FROM a:1\nHEALTHCHECK NONE\nFROM b:1\nHEALTHCHECK NONE\n", "");
    add("DL3013", "FROM debian:12\nRUN pip install --no-cache-dir flask django==4.2\n", "2:32-2:37");
    add("DL3013", "FROM debian:12\nRUN python3 -m pip install git+https://x.org/a.git\n", "2:28-2:51");
    add("DL3013",
        "FROM debian:12\nRUN pip install flask==2 'a>=1' ./local git+https://x.org/a.git@v1 a.whl && pip3 "
        "install -r requirements.txt && pip install . && pipenv install x && pip install --index-url "
        "https://x a==1\n",
        "");
    add("DL3014", "FROM debian:12\nRUN apt-get install curl=1\n", "2:5-2:27");
    add("DL3014", "FROM debian:12\nRUN apt-get -q install curl=1\n", "2:5-2:30");
    add("DL3014",
        "FROM debian:12\nRUN apt-get install -y a=1; apt-get install -qq a=1; apt-get -q -q install a=1; "
        "apt-get install --assume-yes a=1; apt-get -q=2 install a=1\n",
        "");
    add("DL3015", "FROM debian:12\nRUN apt-get install -y curl=1\n", "2:5-2:30");
    add("DL3015",
        "FROM debian:12\nRUN apt-get install -y --no-install-recommends curl=1; apt-get install -y -o "
        "APT::Install-Recommends=false a=1\n",
        "");
    add("DL3016", "FROM debian:12\nRUN npm install -g typescript\n", "2:20-2:30");
    add("DL3016", "FROM debian:12\nRUN npm i @angular/cli git://x.org/a.git\n", "2:11-2:23");
    add("DL3016",
        "FROM debian:12\nRUN npm install && npm ci && npm install @angular/cli@17 a@1 ./x x.tgz "
        "git://x.org/a.git#v1 && npm run install a && npm install --registry http://x a@latest\n",
        "");
    add("DL3018", "FROM alpine:3\nRUN apk add --no-cache curl git=2\n", "2:24-2:28");
    add("DL3018",
        "FROM alpine:3\nRUN apk add --no-cache curl=8 'git~=2' 'a>1' x.apk && apk add --virtual .build a=1 "
        "&& apk update\n",
        "");
    add("DL3019", "FROM alpine:3\nRUN apk add curl=8\n", "2:5-2:19");
    add("DL3019",
        "FROM alpine:3\nRUN apk add --no-cache curl=8\nRUN --mount=type=cache,target=/var/cache/apk apk add "
        "git=2\n",
        "");
    add("DL3020", "FROM debian:12\nADD src /app\n", "2:1-2:4");
    add("DL3020", "FROM debian:12\nADD a.tar.gz b /app/\n", "2:1-2:4");
    add("DL3020",
        "FROM debian:12\nADD a.tar.gz /app\nADD https://x.org/a /a\nCOPY b /b\nADD git@x.org:a/b.git /c\n",
        "");
    add("DL3021", "FROM debian:12\nCOPY a b /app\n", "2:10-2:14");
    add("DL3021", "FROM debian:12\nCOPY [\"a\", \"b\", \"/app\"]\n", "2:6-2:24");
    add("DL3021", "FROM debian:12\nCOPY a b /app/\nCOPY a /app\nCOPY a b \"/x/\"\n", "");
    add("DL3022", "FROM a:1\nCOPY --from=build x /y\n", "2:6-2:18");
    add("DL3022", "FROM a:1\nCOPY --from=0 x /y\n", "2:6-2:14");
    add("DL3022",
        "FROM a:1 AS build\nFROM b:1\nCOPY --from=build x /y\nCOPY --from=0 x /y\nCOPY --from=nginx:1 x "
        "/y\nCOPY --from=$S x /y\n",
        "");
    add("DL3023", "FROM a:1 AS b\nCOPY --from=b /x /y\n", "2:6-2:14");
    add("DL3023", "FROM a:1 AS b\nFROM c:1 AS d\nCOPY --from=b /x /y\n", "");
    add("DL3024", "FROM a:1 AS b\nFROM c:1 AS B\n", "2:13-2:14");
    add("DL3024", "FROM a:1 AS b\nFROM b AS c\n", "");
    add("DL3025", "FROM debian:12\nCMD nginx -g daemon\n", "2:5-2:20");
    add("DL3025", "FROM debian:12\nENTRYPOINT exec \"$APP\"\n", "2:12-2:23");
    add("DL3025", "FROM debian:12\nHEALTHCHECK --interval=5s CMD curl -f http://x\n", "2:31-2:47");
    add("DL3025", "FROM debian:12\nCMD [\"a\"]\nENTRYPOINT [\"b\"]\nHEALTHCHECK NONE\n", "");
    add("DL3026", "FROM quay.io/a:1\n", "1:6-1:17", "trustedRegistries: docker.io");
    add("DL3026",
        "FROM debian:12\nCOPY --from=evil.org/x:1 /a /b\nRUN --mount=type=bind,from=bad.org/y:1,target=/y "
        "x\n",
        "2:6-2:25 3:1-3:51", "trustedRegistries: [quay.io, '*.gcr.io', docker.io]");
    add("DL3026", "FROM debian:12 AS a\nFROM eu.gcr.io/b:1\nFROM a\nCOPY --from=a /x /y\nFROM scratch\n", "",
        "trustedRegistries: ['docker.io', '*.gcr.io']");
    add("DL3026", "FROM evil.org/a:1\n", "");
    add("DL3027", "FROM debian:12\nRUN apt install -y curl\n", "2:5-2:8");
    add("DL3027", "FROM debian:12\nRUN apt search x\n", "2:5-2:8");
    add("DL3027", "FROM debian:12\nRUN apt-get install -y curl && apt-cache search x\n", "");
    add("DL3028", "FROM debian:12\nRUN gem install bundler rake:13\n", "2:17-2:24");
    add("DL3028",
        "FROM debian:12\nRUN gem install bundler:2 && gem install rake -v 13 && gem install rake "
        "--version=13 && gem install a:1 -- --with-x && gem install --no-document b:2\n",
        "");
    add("DL3029", "FROM --platform=linux/arm64 a:1\n", "1:6-1:28");
    add("DL3029", "FROM --platform=$BUILDPLATFORM a:1\nFROM --platform=${TARGETPLATFORM} b:1\n", "");
    add("DL3030", "FROM r:1\nRUN yum install httpd-2.4 && yum clean all\n", "2:5-2:26");
    add("DL3030", "FROM r:1\nRUN yum install -y httpd-2.4 && yum -y groupinstall x && yum clean all\n", "");
    add("DL3032", "FROM r:1\nRUN yum install -y httpd-2.4\n", "2:5-2:29");
    add("DL3032", "FROM r:1\nRUN yum clean all && yum install -y httpd-2.4\n", "2:22-2:46");
    add("DL3032",
        "FROM r:1\nRUN yum install -y httpd-2.4 && yum clean all\nRUN yum install -y a-1 && rm -rf "
        "/var/cache/yum/*\n",
        "");
    add("DL3033", "FROM r:1\nRUN yum install -y httpd ca-certificates && yum clean all\n", "2:20-2:25");
    add("DL3033", "FROM r:1\nRUN yum module install -y nodejs\n", "2:27-2:33");
    add("DL3033",
        "FROM r:1\nRUN yum install -y httpd-2.4.24 a-1.el9 b.rpm c-${V} && yum module install -y nodejs:18 "
        "&& yum clean all\n",
        "");
    add("DL3034", "FROM s:1\nRUN zypper install a=1 && zypper clean\n", "2:5-2:23");
    add("DL3034",
        "FROM s:1\nRUN zypper -n in a=1 && zypper rm -y b && zypper --non-interactive patch && zypper "
        "clean\n",
        "");
    add("DL3035", "FROM s:1\nRUN zypper dup\n", "2:5-2:15");
    add("DL3035", "FROM s:1\nRUN zypper -n patch\n", "");
    add("DL3036", "FROM s:1\nRUN zypper in -y a=1\n", "2:5-2:21");
    add("DL3036",
        "FROM s:1\nRUN zypper in -y a=1 && zypper cc\nRUN --mount=type=cache,target=/var/cache/zypp zypper "
        "in -y b=1\n",
        "");
    add("DL3037", "FROM s:1\nRUN zypper in -y httpd && zypper clean\n", "2:18-2:23");
    add("DL3037", "FROM s:1\nRUN zypper in -y httpd=2.4 'a>1' b.rpm && zypper clean\n", "");
    add("DL3038", "FROM r:1\nRUN microdnf install httpd-2.4 && microdnf clean all\n", "2:5-2:31");
    add("DL3038", "FROM r:1\nRUN dnf -y install httpd-2.4 && dnf clean all\n", "");
    add("DL3040", "FROM r:1\nRUN dnf install -y httpd-2.4\n", "2:5-2:29");
    add("DL3040", "FROM r:1\nRUN microdnf upgrade -y\n", "2:5-2:24");
    add("DL3040",
        "FROM r:1\nRUN dnf install -y a-1 && dnf clean all\nRUN --mount=type=cache,target=/var/cache/libdnf5 "
        "dnf install -y b-1\n",
        "");
    add("DL3041", "FROM r:1\nRUN dnf install -y httpd && dnf clean all\n", "2:20-2:25");
    add("DL3041",
        "FROM r:1\nRUN dnf install -y httpd-2.4 && dnf group install x && dnf module install nodejs:18\n",
        "");
    add("DL3042", "FROM debian:12\nRUN pip3 install flask==2\n", "2:5-2:26");
    add("DL3042",
        "FROM debian:12\nRUN pip install --no-cache-dir a==1\nRUN --mount=type=cache,target=/root/.cache/pip "
        "pip install a==1\nRUN PIP_NO_CACHE_DIR=1 pip install a==1\nRUN pipx install a==1\nENV "
        "PIP_NO_CACHE_DIR=on\nRUN pip install b==1\n",
        "");
    add("DL3042", "FROM a:1 AS b\nENV PIP_NO_CACHE_DIR=1\nFROM b\nRUN pip install a==1\n", "");
    add("DL3043", "FROM debian:12\nONBUILD FROM a\n", "2:1-2:15");
    add("DL3043", "FROM debian:12\nONBUILD MAINTAINER a\n", "2:1-2:21");
    add("DL3043", "FROM debian:12\nONBUILD RUN a\n", "");
    add("DL3044", "FROM debian:12\nENV A=1 B=$A\n", "2:9-2:13");
    add("DL3044", "FROM debian:12\nENV A=1 B=x${A}y\n", "2:9-2:17");
    add("DL3044", "FROM debian:12\nENV A=1\nENV A=2 B=$A\nENV C=1 D=$CC\nENV E=$E:x\n", "");
    add("DL3045", "FROM debian:12\nCOPY a b\n", "2:8-2:9");
    add("DL3045", "FROM a:1 AS b\nWORKDIR /x\nFROM c:1\nCOPY a ./\n", "4:8-4:10");
    add("DL3045", "FROM debian:12\nCOPY a /b\nCOPY a $X\nWORKDIR /c\nCOPY a b\n", "");
    add("DL3045", "FROM debian:12\nONBUILD WORKDIR /x\nONBUILD COPY a b\n", "");
    add("DL3045", "FROM debian:12\nONBUILD WORKDIR /x\nCOPY a b\n", "3:8-3:9");
    add("DL3045", "FROM a:1 AS b\nWORKDIR /x\nFROM b\nCOPY a ./\n", "");
    add("DL3046", "FROM debian:12\nRUN useradd -u 123456 app\n", "2:5-2:26");
    add("DL3046", "FROM debian:12\nRUN useradd --uid=1000000 app\n", "2:5-2:30");
    add("DL3046", "FROM debian:12\nRUN useradd -l -u 123456 app && useradd -u 1000 b && useradd c\n", "");
    add("DL3047", "FROM debian:12\nRUN wget https://x.org/a\n", "2:5-2:25");
    add("DL3047",
        "FROM debian:12\nRUN wget -q https://x && wget --progress=dot:giga https://x && wget -nv https://x "
        "&& wget -o log https://x\n",
        "");
    add("DL3048", "FROM debian:12\nLABEL Foo=1 a..b=2 com.docker.x=3 ok=4 a_=5\n",
        "2:7-2:12 2:13-2:19 2:20-2:34 2:40-2:44");
    add("DL3048", "FROM debian:12\nONBUILD LABEL Foo=1\n", "2:15-2:20");
    add("DL3048", "FROM debian:12\nLABEL org.opencontainers.image.authors=a a-b=c x1=2 a_b/c=d\n", "");
    add("DL3049", "FROM a:1\nLABEL version=1.0.0\n", "1:1-1:9",
        "label-schema: {author: email, version: semver}");
    add("DL3049", "FROM a:1 AS b\nLABEL author=a@b.org\nFROM c:1\nFROM b\nLABEL version=1.0.0\n", "",
        "label-schema: {author: email, version: semver}");
    add("DL3050", "FROM a:1\nLABEL author=a@b.org other=1\n", "2:22-2:29",
        "label-schema: {author: email, version: semver}\nstrict-labels: true");
    add("DL3050", "FROM a:1\nLABEL other=1\n", "", "label-schema: {author: email, version: semver}");
    add("DL3051", "FROM a:1\nLABEL author=\"\"\n", "2:7-2:16", "label-schema: {author: text}");
    add("DL3051", "FROM a:1\nLABEL author=x other=\n", "", "label-schema: {author: text}");
    add("DL3052", "FROM a:1\nLABEL l=example\nLABEL l=1a:b\n", "2:7-2:16 3:7-3:13", "label-schema: {l: url}");
    add("DL3052", "FROM a:1\nLABEL l=https://example.org/a?b=c\nLABEL l=mailto:a@b.org\n", "",
        "label-schema: {l: url}");
    add("DL3053", "FROM a:1\nLABEL l=2026-01-31\nLABEL l=2026-13-01T00:00:00Z\nLABEL l=2026-01-01T00:00:00\n",
        "2:7-2:19 3:7-3:29 4:7-4:28", "label-schema: {l: rfc3339}");
    add("DL3053", "FROM a:1\nLABEL l=2026-01-31T12:00:00Z\nLABEL l=2026-01-31T12:00:00.25+01:00\n", "",
        "label-schema: {l: rfc3339}");
    add("DL3054", "FROM a:1\nLABEL l=Free\nLABEL l=\"MIT OR\"\n", "2:7-2:13 3:7-3:17",
        "label-schema: {l: spdx}");
    add("DL3054", "FROM a:1\nLABEL l=MIT\nLABEL l=GPL-3.0-or-later\nLABEL l=\"(MIT OR Apache-2.0)\"\n", "",
        "label-schema: {l: spdx}");
    add("DL3055", "FROM a:1\nLABEL l=main\nLABEL l=0123456789\nLABEL l=ABCDEF0\n",
        "2:7-2:13 3:7-3:19 4:7-4:16", "label-schema: {l: hash}");
    add("DL3055", "FROM a:1\nLABEL l=0123abc\nLABEL l=0123456789012345678901234567890123456789\n", "",
        "label-schema: {l: hash}");
    add("DL3056", "FROM a:1\nLABEL l=1.0\nLABEL l=01.0.0\nLABEL l=1.0.0-01\n", "2:7-2:12 3:7-3:15 4:7-4:17",
        "label-schema: {l: semver}");
    add("DL3056", "FROM a:1\nLABEL l=1.0.0\nLABEL l=1.2.3-beta.1+build.5\n", "", "label-schema: {l: semver}");
    add("DL3058", "FROM a:1\nLABEL l=name\nLABEL l=a@\nLABEL l=a..b@c.org\n", "2:7-2:13 3:7-3:11 4:7-4:19",
        "label-schema: {l: email}");
    add("DL3058", "FROM a:1\nLABEL l=a.b+c@d-e.org\n", "", "label-schema: {l: email}");
    add("DL3057", "FROM a:1\nRUN b\n", "1:1-1:9", "override: {warning: [DL3057]}");
    add("DL3057", "FROM a:1 AS b\nHEALTHCHECK NONE\nFROM b\n", "", "override: {warning: [DL3057]}");
    add("DL3057", "FROM a:1\n", "");
    add("DL3059", "FROM debian:12\nRUN a\nRUN b\n", "3:1-3:4");
    add("DL3059", "FROM debian:12\nRUN a && b\n# why\nRUN c\nRUN d\n", "5:1-5:4");
    add("DL3059", "FROM debian:12\nRUN a && b\nRUN c\n", "");
    add("DL3059", "FROM debian:12\nRUN a\nCOPY x /y\nRUN b\nRUN a && b && c\nRUN d\nRUN --mount=type=ssh d\n",
        "");
    add("DL3060", "FROM debian:12\nRUN yarn install\n", "2:5-2:17");
    add("DL3060", "FROM debian:12\nRUN yarn cache clean && yarn install\n", "2:25-2:37");
    add("DL3060",
        "FROM debian:12\nRUN yarn install && yarn cache clean\nRUN "
        "--mount=type=cache,target=/root/.cache/yarn yarn install\n",
        "");
    add("DL3060", "FROM a:1 AS b\nRUN yarn install\nFROM c:1\nCOPY --from=b /x /y\n", "");
    add("DL3061", "RUN a\nFROM b:1\n", "1:1-1:4");
    add("DL3061", "# a\nARG b\nFROM c:1\n", "");
    add("DL3062", "FROM debian:12\nRUN go install x.org/a x.org/b@v1 && go run x.org/c@latest y\n",
        "2:16-2:23 2:45-2:59");
    add("DL3062",
        "FROM debian:12\nRUN go install ./... && go run main.go x && go get -d x.org/a@v1 && go build "
        "x.org/b && go run -ldflags -s x.org/c@v2 y\n",
        "");
    add("DL3063", "FROM a:1 AS scratch\n", "1:13-1:20");
    add("DL3063", "FROM scratch AS a\n", "");
    add("DL3064", "FROM debian:12\nARG API_KEY\nENV A=1 db_password=x\n", "2:5-2:12 3:9-3:22");
    add("DL3064", "FROM debian:12\nENV AWS_ACCESS_KEY_ID=x\n", "2:5-2:24");
    add("DL3064", "FROM debian:12\nARG VERSION\nENV PORT=1\n", "");
    add("DL3065", "FROM --platform=$TARGETPLATFORM a:1\n", "1:6-1:32");
    add("DL3065", "FROM --platform=$BUILDPLATFORM a:1\n", "");
    add("DL3066", "FROM debian:12\nUSER app\n", "2:6-2:9");
    add("DL3066", "FROM debian:12\nUSER app:100\n", "2:6-2:13");
    add("DL3066", "FROM debian:12\nARG UID=5\nUSER 1000\nUSER 1000:users\nUSER ${UID}\n", "");
    add("DL3067", "FROM a:1 AS b\nFROM c:1\nCOPY --from=b / /\n", "3:1-3:18");
    add("DL3067", "FROM a:1 AS b\nFROM c:1\nCOPY --from=b / /x\nCOPY --from=b /x /\n", "");
    add("DL4000", "FROM debian:12\nMAINTAINER a b\n", "2:1-2:11");
    add("DL4000", "FROM debian:12\nLABEL a=b\n", "");
    add("DL4001", "FROM debian:12\nRUN wget -q x\nRUN a && curl x\nRUN curl y\n", "3:10-3:14");
    add("DL4001", "FROM a:1\nRUN wget -q x\nFROM b:1\nRUN curl x && apt-get install -y wget\n", "");
    add("DL4003", "FROM debian:12\nCMD [\"a\"]\nCMD [\"b\"]\n", "3:1-3:4");
    add("DL4003", "FROM a:1\nCMD [\"a\"]\nFROM b:1\nCMD [\"b\"]\n", "");
    add("DL4004", "FROM debian:12\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]\n", "3:1-3:11");
    add("DL4004", "FROM debian:12\nENTRYPOINT [\"a\"]\nCMD [\"b\"]\n", "");
    add("DL4005", "FROM debian:12\nRUN ln -sfv /bin/bash /bin/sh\n", "2:5-2:30");
    add("DL4005", "FROM debian:12\nRUN ln -s /bin/bash /bin/other\n", "");
    add("DL4006", "FROM debian:12\nRUN a | b\n", "2:7-2:8");
    add("DL4006", "FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a && \\\n  b | c\n", "4:5-4:6");
    add("DL4006", "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b\n", "");
    add("DL4006", "FROM debian:12\nRUN a || b; echo 'x | y'\nRUN set -o pipefail && a | b\n", "");
    add("DL4006", "FROM debian:12\nSHELL [\"pwsh\", \"-Command\"]\nRUN a | b\n", "");
    add("DL4006", "FROM debian:12\n# hadolint shell=powershell\nRUN a | b\n", "");
    add("StageNameCasing", "FROM a:1 AS Build\n", "1:13-1:18");
    add("StageNameCasing", "FROM a:1 AS build\nFROM Build:1\n", "");
    add("FromAsCasing", "FROM a:1 as b\n", "1:10-1:12");
    add("FromAsCasing", "from a:1 AS b\n", "1:10-1:12");
    add("FromAsCasing", "FROM a:1 AS b\nFROM c:1\n", "");
    add("FromAsCasing", "from a:1 as b\n", "");
    add("NoEmptyContinuation", "FROM debian:12\nRUN a && \\\n\n    b\n", "3:1-3:1");
    add("NoEmptyContinuation", "FROM debian:12\nRUN a && \\\n# c\n    b\n\n", "");
    add("ConsistentInstructionCasing", "FROM a:1\nrun b\nRUN c\n", "2:1-2:4");
    add("ConsistentInstructionCasing", "from a:1\nrun b\nCmd c\n", "3:1-3:4");
    add("ConsistentInstructionCasing", "from a:1\nrun b\n", "");
    add("DuplicateStageName", "FROM a:1 AS b\nFROM c:1 AS b\n", "2:13-2:14");
    add("DuplicateStageName", "FROM a:1 AS b\nFROM c:1 AS d\n", "");
    add("ReservedStageName", "FROM a:1 AS context\n", "1:13-1:20");
    add("ReservedStageName", "FROM a:1 AS b\n", "");
    add("JSONArgsRecommended", "FROM debian:12\nENTRYPOINT my-program start\n", "2:12-2:28");
    add("JSONArgsRecommended", "FROM debian:12\nENTRYPOINT [\"a\"]\nHEALTHCHECK CMD x\n", "");
    add("JSONArgsRecommended", "FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nCMD a\n", "");
    add("MaintainerDeprecated", "FROM debian:12\nMAINTAINER a@b.org\n", "2:1-2:11");
    add("MaintainerDeprecated", "FROM debian:12\nLABEL org.opencontainers.image.authors=a@b.org\n", "");
    add("UndefinedArgInFrom", "ARG VERSION=1\nFROM debian:${VERSON}\n", "2:6-2:22");
    add("UndefinedArgInFrom", "FROM --platform=$BUILDPLATFROM debian:12\n", "1:6-1:31");
    add("UndefinedArgInFrom", "ARG VERSION=1\nFROM --platform=$BUILDPLATFORM debian:$VERSION\n", "");
    add("WorkdirRelativePath", "FROM debian:12\nWORKDIR app\nWORKDIR x\n", "2:9-2:12");
    add("WorkdirRelativePath", "FROM a:1 AS b\nWORKDIR /x\nFROM b\nWORKDIR y\n", "");
    add("WorkdirRelativePath", "FROM debian:12\nWORKDIR /app\nWORKDIR x\n", "");
    add("UndefinedVar", "FROM debian:12\nARG foo\nCOPY $Foo /x\n", "3:6-3:10");
    add("UndefinedVar", "FROM scratch\nENV A=$B\n", "2:5-2:9");
    add("UndefinedVar", "FROM debian:12\nCOPY --chown=$OWNER a /b\n", "2:6-2:20");
    add("UndefinedVar",
        "FROM debian:12\nARG a\nENV b=$a PATH=$PATH:/x\nCOPY $b /x\nRUN echo $nothing\nENV "
        "LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/y\nLABEL c=\\$d\n",
        "");
    add("UndefinedVar", "FROM a:1 AS b\nENV c=1\nFROM b\nCOPY $c /x\n", "");
    add("UndefinedVar", "FROM known:1\nWORKDIR $APP_HOME\n", "", "", knownImage());
    add("UndefinedVar", "FROM known:1\nWORKDIR $APP_HOMES\n", "2:9-2:19", "", knownImage());
    add("MultipleInstructionsDisallowed", "FROM debian:12\nCMD [\"a\"]\nCMD [\"b\"]\n", "2:1-2:4");
    add("MultipleInstructionsDisallowed",
        "FROM debian:12\nENTRYPOINT [\"a\", \\\n  \"b\"]\nCMD [\"c\"]\nENTRYPOINT [\"d\"]\n", "2:1-2:11");
    add("MultipleInstructionsDisallowed", "FROM a:1 AS b\nCMD [\"a\"]\nFROM b\nCMD [\"b\"]\n", "");
    add("LegacyKeyValueFormat", "FROM debian:12\nENV A b c\n", "2:5-2:10");
    add("LegacyKeyValueFormat", "FROM debian:12\nLABEL a  b\n", "2:7-2:11");
    add("LegacyKeyValueFormat", "FROM debian:12\nENV A=b\nLABEL a=b\n", "");
    add("InvalidBaseImagePlatform", "FROM known:1\n", "1:6-1:13", "", knownImage());
    add("InvalidBaseImagePlatform",
        "FROM --platform=linux/arm64 known:1\nFROM other:1\nFROM --platform=$BUILDPLATFORM known:1\n", "", "",
        knownImage());
    add("RedundantTargetPlatform", "FROM --platform=${TARGETPLATFORM} a:1\n", "1:6-1:34");
    add("RedundantTargetPlatform", "FROM --platform=$BUILDPLATFORM a:1\n", "");
    add("SecretsUsedInArgOrEnv", "FROM debian:12\nARG AUTH\nENV A=1 GITHUB_TOKEN=x\n", "2:5-2:9 3:9-3:23");
    add("SecretsUsedInArgOrEnv", "FROM debian:12\nARG PUBLIC_KEY\nENV TOKEN_FILE=/x KEYBOARD=1\n", "");
    add("InvalidDefaultArgInFrom", "ARG TAG\nFROM debian:$TAG\n", "2:6-2:17");
    add("InvalidDefaultArgInFrom", "ARG BASE\nFROM ${BASE}\n", "2:6-2:13");
    add("InvalidDefaultArgInFrom",
        "ARG TAG=12\nARG BASE\nFROM debian:$TAG\nFROM ${BASE:-debian:12}\nFROM debian${BASE}\n", "");
    add("FromPlatformFlagConstDisallowed", "FROM --platform=linux/arm64 a:1 AS b\n", "1:6-1:28");
    add("FromPlatformFlagConstDisallowed",
        "FROM --platform=linux/arm64 a:1 AS build-arm64\nFROM --platform=$BUILDPLATFORM c:1\n", "");
    add("CopyIgnoredFile", "FROM debian:12\nCOPY a.log src/b.log /x/\n", "2:6-2:11 2:12-2:21", "",
        ignoring("**/*.log"));
    add("CopyIgnoredFile", "FROM debian:12\nCOPY . /x\n", "2:6-2:7", "", ignoring("*"));
    add("CopyIgnoredFile", "FROM debian:12\nCOPY a.txt /x\nCOPY . /y\nCOPY --from=b:1 a.log /z\n", "", "",
        ignoring("*.log"));
    add("CopyIgnoredFile", "FROM debian:12\nCOPY a.log /x\n", "", "", ignoring("*.log\n!b.log"));
    add("InvalidDefinitionDescription", "# the version\nARG VERSION\nFROM a:1\n", "1:1-1:14",
        "override: {warning: [InvalidDefinitionDescription]}");
    add("InvalidDefinitionDescription", "# check=experimental=all\n\n# makes it\nFROM a:1 AS build\n",
        "3:1-3:11");
    add("InvalidDefinitionDescription", "# VERSION of it\nARG VERSION\n# far\n\nFROM a:1 AS build\n", "",
        "override: {warning: [InvalidDefinitionDescription]}");
    add("InvalidDefinitionDescription", "# the version\nARG VERSION\nFROM a:1\n", "");
    add("ExposeProtoCasing", "FROM debian:12\nEXPOSE 80/TCP 81/udp\n", "2:8-2:14");
    add("ExposeProtoCasing", "FROM debian:12\nEXPOSE 80/tcp 81\n", "");
    add("ExposeInvalidFormat", "FROM debian:12\nEXPOSE 127.0.0.1:80:8080 5000:5001/tcp\n",
        "2:8-2:25 2:26-2:39");
    add("ExposeInvalidFormat", "FROM debian:12\nEXPOSE 80 8000-8010/udp $PORT\n", "");
    add("ES1001", "FROM debian:stable\n", "1:6-1:19");
    add("ES1001", "FROM debian:12-slim\nFROM node:lts@sha256:0\nFROM a:stable-1.2\n", "");
    add("ES1002", "FROM debian:12\nWORKDIR /x\nCOPY . .\n", "3:6-3:7", "", withoutIgnoreFile());
    add("ES1002", "FROM debian:12\nCOPY . /x\n", "", "", ignoring(".git"));
    add("ES1002", "FROM debian:12\nCOPY . /x\n", "");
    add("ES1002", "FROM debian:12\nCOPY src /x\n", "", "", withoutIgnoreFile());
    add("ES1003", "FROM debian:12\nCOPY a /x\nCOPY b /y\n", "2:6-2:7", "", withoutIgnoreFile());
    add("ES1003", "FROM debian:12\nRUN a\n", "", "", withoutIgnoreFile());
    add("ES1003", "FROM debian:12\nCOPY a /x\n", "", "", ignoring("b"));
    add("ES1004", "FROM a:1 AS b\nUSER 5\nFROM c:1\nRUN x\n", "3:1-3:9");
    add("ES1004", "FROM debian:12\nRUN x\nUSER 1000\n", "");
    add("ES1004", "FROM a:1 AS b\nUSER 5\nFROM b\nRUN x\n", "");
    add("ES1004", "FROM gcr.io/distroless/static:nonroot\nCOPY a /b\n", "");
    add("ES1005", "FROM debian:12\nRUN apt-get install -y curl=1 gcc=12 make\n", "2:31-2:37");
    add("ES1005", "FROM a:1 AS build\nRUN apk add gcc\nFROM b:1\nCOPY --from=build /x /y\n", "");
    add("ES1005", "FROM debian:12\nRUN apt-get install -y gcc && make && apt-get purge -y gcc\n", "");
    add("ES1006",
        "FROM debian:12\nRUN apt-get update && apt-get install -y a\nRUN rm -rf /var/lib/apt/lists/*\n",
        "3:12-3:32");
    add("ES1006", "FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\n", "");
    add("ES1006", "FROM debian:12\nRUN rm -rf /var/lib/apt/lists/*\n", "");
    add("ES1007", "FROM debian:12\nWORKDIR /x\nCOPY . .\nRUN a && npm ci\n", "4:10-4:16");
    add("ES1007", "FROM debian:12\nWORKDIR /x\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n", "");
    add("ES1007", "FROM debian:12\nCOPY . /x\nRUN npm install -g a@1\n", "");
    add("ES1008", "FROM debian:12\nRUN git clone https://me:hunter2@x.org/a\n", "2:23-2:33");
    add("ES1008", "FROM debian:12\nENV K=AKIAABCDEFGHIJKLMNOP\n", "2:7-2:27");
    add("ES1008",
        "FROM debian:12\nRUN git clone https://me:$PASS@x.org/a && curl http://x.org:80/a@b\nENV K=AKIA\n",
        "");
    add("ES1008", "FROM debian:12\nRUN <<EOF\nset -e\necho ghp_012345678901234567890123456789012345\nEOF\n",
        "4:6-4:46");
    add("ES1009", "FROM debian:12\nCOPY .env conf/id_rsa /x/\n", "2:6-2:10 2:11-2:22");
    add("ES1009", "FROM debian:12\nCOPY .env.example environment /x/\nCOPY --from=a:1 /tls.pem /y\n", "");
    add("ES1010", "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y a\n", "2:5-2:19");
    add("ES1010",
        "FROM debian:12\nRUN apt-get update && apt-get install -y a\nRUN "
        "--mount=type=cache,target=/var/lib/apt apt-get update\n",
        "");
    add("ES1011", "FROM debian:12\nCOPY a b /x/\n", "2:8-2:9", "", having("a"));
    add("ES1011", "FROM debian:12\nCOPY a ./a https://x /x/\nCOPY --from=b:1 z /y\nCOPY . /w\n", "", "",
        having("a"));
    add("ES1011", "FROM debian:12\nCOPY b /x\n", "");
    return cases;
}

} // namespace escale::test
