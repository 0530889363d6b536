package dev.ratchet.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that are shipped, without those of tests, whatever folder the build puts them into. */
final class MainClasses {
    private static final ImportOption SHIPPED =
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");

    private MainClasses() {}

    static JavaClasses of(String... packages) {
        return new ClassFileImporter().withImportOption(SHIPPED).importPackages(packages);
    }
}
