package app.turnout.runner.template;

import java.util.Map;

/// A resource as it is written: its properties may still hold functions of CloudFormation.
///
/// @param id the logical id
/// @param type such as `AWS::SQS::Queue`
public record TemplateResource(String id, String type, Map<String, Object> properties) {}
