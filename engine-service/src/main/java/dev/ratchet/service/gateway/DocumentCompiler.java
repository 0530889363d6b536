package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.DocumentReader;
import dev.ratchet.document.Reading;
import dev.ratchet.document.RunDocument;
import dev.ratchet.plan.Compilation;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanCompiler;
import dev.ratchet.service.problem.ProblemException;

/** Turns documents into plans, or refuses them. Thread-safe. */
public final class DocumentCompiler {
    private final PlanCompiler compiler;

    public DocumentCompiler(PlanCompiler compiler) {
        this.compiler = compiler;
    }

    /** @throws ProblemException naming all that is wrong with the document */
    public Compiled compile(JsonNode body) {
        Reading reading = DocumentReader.read(body);
        Compilation compilation = compiler.compile(reading);
        Plan plan = compilation.plan();
        if (plan == null) {
            throw ProblemException.of(compilation.problems());
        }
        RunDocument document = reading.document();
        RunDocument.About about = document.about();
        return new Compiled(
                new Compiled.Head(about.id(), about.organization(), about.name(), about.labels(), document.input()),
                body,
                plan);
    }

    /** Compiles a document as a patch left it: it may have no task at all. Nothing is refused. */
    Compilation revision(JsonNode document) {
        return compiler.compile(DocumentReader.readRevision(document));
    }

    /** All that can be said of a document; nothing is refused. */
    public Compilation inspect(JsonNode body) {
        return compiler.compile(body);
    }
}
