FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY conf conf
COPY src/build src/build
COPY src/main src/main
# For parlance --version, since git's folder is not copied: --build-arg BUILD_COMMIT=$(git rev-parse HEAD)
ARG BUILD_COMMIT="" SOURCE_DATE_EPOCH=""
# Libraries are kept from build to build.
RUN --mount=type=cache,target=/root/.m2/repository mvn -q -B -Dquick -DskipTests package

# The checking client of docker/smoke, from the sources of the tests. Not built for the image of the chat.
FROM build AS smoke-build
COPY src/test/java src/test/java
RUN mkdir target/smoke && javac -proc:none -nowarn -d target/smoke -cp 'target/parlance.jar:target/lib/*' \
    -sourcepath src/test/java src/test/java/chat/parlance/smoke/Smoke.java

FROM eclipse-temurin:25-jre AS smoke
RUN useradd --system --uid 10002 --no-create-home smoke
WORKDIR /opt/smoke
COPY --from=smoke-build /src/target/lib lib
COPY --from=smoke-build /src/target/parlance.jar lib/
COPY --from=smoke-build /src/target/smoke classes
COPY src/main/resources/api src/main/resources/api
USER 10002
ENTRYPOINT ["java", "-cp", "classes:lib/*", "chat.parlance.smoke.Smoke"]

FROM eclipse-temurin:25-jre
ARG BUILD_COMMIT=""
LABEL org.opencontainers.image.title="Parlance" \
    org.opencontainers.image.description="Self-hosted, clustered, real-time chat server" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.revision="$BUILD_COMMIT"
RUN useradd --system --uid 10001 --no-create-home parlance
WORKDIR /opt/parlance
COPY LICENSE ./
COPY --from=build /src/target/lib target/lib
COPY --from=build /src/target/parlance.jar target/parlance.jar
COPY parlance docker/healthy ./
RUN chown parlance target
USER 10001
# Containers start, and are as fast as they get, sooner. They also do without, where the build is too slow for it.
RUN --mount=type=tmpfs,target=/tmp ./parlance bench --clients=20 --rooms=4 --seconds=1 --aotCache=target/parlance.aot \
    || { rm -f target/parlance.aot; echo "warning: no AOT cache; containers will start more slowly" >&2; }
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=2s --timeout=3s --start-period=60s --retries=3 CMD ["/opt/parlance/healthy"]
ENTRYPOINT ["/opt/parlance/parlance"]
CMD ["start"]
