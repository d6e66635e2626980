#!/bin/bash
# Makes files as layers have them, in a folder "files" of the current folder.
set -e
mkdir -p files/etc/deep/er files/usr/bin && cd files
head -c 700000 /dev/urandom > usr/bin/large
head -c 512 /dev/urandom > usr/bin/block
echo root > etc/passwd && : > etc/empty
ln etc/passwd etc/linked && ln usr/bin/large usr/linked && ln -s ../etc/passwd etc/symbolic && mkfifo etc/pipe
install -m 000 /dev/null etc/secret && echo secret > etc/secret && chown 33:33 etc/secret
truncate -s 3000000 sparse
printf DATA | dd of=sparse bs=1 seek=1000000 conv=notrunc status=none
printf MORE | dd of=sparse bs=1 seek=2999990 conv=notrunc status=none
: > etc/.wh.gone && : > etc/deep/.wh..wh..opq
long=$(printf 'n%.0s' $(seq 180)) && mkdir $long && echo long > $long/$long && ln -s $long/$long etc/long-link
printf 'name' > "etc/$(printf 'caf\303\251 \377')"
setfattr -n user.colour -v blue etc/passwd 2>/dev/null || true
