# Makes the queues and tables of template.yaml when LocalStack is up, under the names that localstack/up gives them.
# Run again, it leaves alone what is there. LocalStack runs this in its own interpreter, which has boto3 and yaml.
import json

import boto3
import yaml

REGION = "eu-central-1"
ACCOUNT = "000000000000"
QUEUE_ATTRIBUTES = [
    "VisibilityTimeout",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "MessageRetentionPeriod",
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
]


class Intrinsic:
    """`!GetAtt Queue.Arn` and the like: which function, and of what."""

    def __init__(self, tag, value):
        self.tag, self.value = tag, value


def intrinsic(loader, tag, node):
    kinds = {yaml.ScalarNode: loader.construct_scalar, yaml.SequenceNode: loader.construct_sequence}
    return Intrinsic(tag, kinds.get(type(node), loader.construct_mapping)(node))


class Loader(yaml.SafeLoader):
    pass


Loader.add_multi_constructor("!", intrinsic)


def text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def queue_name(resource_id, properties):
    return properties.get("QueueName", resource_id + (".fifo" if properties.get("FifoQueue") else ""))


def queue_arn(queues, value):
    """The ARN that a redrive policy means."""
    resource_id = value.value.removesuffix(".Arn")
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue_name(resource_id, queues[resource_id])}"


def queue_attributes(queues, properties):
    attributes = {name: text(properties[name]) for name in QUEUE_ATTRIBUTES if name in properties}
    if "RedrivePolicy" in properties:
        redrive = dict(properties["RedrivePolicy"])
        redrive["deadLetterTargetArn"] = queue_arn(queues, redrive["deadLetterTargetArn"])
        attributes["RedrivePolicy"] = json.dumps(redrive)
    return attributes


def of_type(resources, kind):
    return {name: one.get("Properties", {}) for name, one in resources.items() if one["Type"] == kind}


def client(service):
    return boto3.client(
        service,
        endpoint_url="http://localhost:4566",
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )


def make_queues(queues):
    sqs = client("sqs")
    # What is given up goes to queues that must be there before.
    for name, properties in sorted(queues.items(), key=lambda queue: "RedrivePolicy" in queue[1]):
        try:
            sqs.create_queue(QueueName=queue_name(name, properties), Attributes=queue_attributes(queues, properties))
        except sqs.exceptions.QueueNameExists:
            pass


def make_tables(tables):
    dynamodb = client("dynamodb")
    for name, properties in tables.items():
        # Expiry is checked in code; the table's own would go by the system's clock.
        wanted = {key: value for key, value in properties.items() if key != "TimeToLiveSpecification"}
        wanted.setdefault("TableName", name)
        try:
            dynamodb.create_table(**wanted)
        except dynamodb.exceptions.ResourceInUseException:
            pass


with open("/turnout/template.yaml", encoding="utf-8") as file:
    resources = yaml.load(file, Loader)["Resources"]
make_queues(of_type(resources, "AWS::SQS::Queue"))
make_tables(of_type(resources, "AWS::DynamoDB::Table"))
