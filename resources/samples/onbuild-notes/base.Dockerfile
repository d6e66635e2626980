# What every book of notes has in common: whoever builds upon it, adds only the notes.
FROM escale-samples/base:1
ENV NOTES=/notes
WORKDIR /notes
COPY render.sh /usr/local/bin/render
ONBUILD ARG TITLE=Notes
ONBUILD COPY notes/ ./
ONBUILD RUN render "$TITLE" > index.html
ONBUILD LABEL title="$TITLE"
EXPOSE 8080
CMD ["httpd", "-f", "-p", "8080", "-h", "/notes"]
