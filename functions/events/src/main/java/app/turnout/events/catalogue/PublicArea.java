package app.turnout.events.catalogue;

import java.util.UUID;

/// An area where listed events are held.
///
/// @param events how many, of those that are neither over nor cancelled
record PublicArea(PublicPlace place, UUID organization, String organizationName, long events) {}
